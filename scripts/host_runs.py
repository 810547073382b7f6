"""A site for each host: its environment, its files, and the run of its build."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import venv
from pathlib import Path
from typing import Any

import yaml
from host_specs import Host

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache/hosts"
OPTIONS = {
    "today": "2026-11-24",
    "timezone": "UTC",
    "rules": {"task-overdue": "off", "open-after-repeat": "off"},
}
EXTENSIONS = ["tables", "attr_list"]
# The newest that was tried; its hooks and options are what the reader applies.
READER = "@backstage/plugin-techdocs@1.20.0"
Done = subprocess.CompletedProcess[str]


def environment(name: str, packages: tuple[str, ...]) -> Path:
    """The folder with the programs of a virtual environment that has these packages and ours."""
    folder = CACHE / name / "venv"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    digest = wanted(packages)
    stamp = CACHE / name / "installed"
    if not stamp.exists() or stamp.read_text() != digest:
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "-qq"]
        subprocess.run([*pip, *packages, "-e", str(ROOT)], check=True)
        stamp.write_text(digest)
    return programs


def wanted(packages: tuple[str, ...]) -> str:
    """What changes when something else has to be installed."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ours = project[project.index("\ndependencies = [") : project.index("\n[project.optional")]
    return hashlib.sha256("\n".join([*packages, ours]).encode()).hexdigest()


def versions(programs: Path, names: tuple[str, ...]) -> dict[str, str]:
    code = "import json,sys;from importlib.metadata import version as v;"
    code += "print(json.dumps({n: v(n) for n in sys.argv[1:]}))"
    command = [str(programs / "python"), "-c", code, *names]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def lay(folder: Path) -> Path:
    """A site with the example archive; gives its docs folder."""
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    shutil.copytree(ROOT / "docs/postmortems", docs / "postmortems")
    home = "# Home\n\nA site with [outages](postmortems/index.md).\n"
    (docs / "index.md").write_text(home, encoding="utf-8")
    return docs


def configure(host: Host, folder: Path) -> None:
    file = folder / host.config_name
    if file.suffix == ".toml":
        file.write_text(_toml(), encoding="utf-8")
        return
    data: dict[str, Any] = {
        "site_name": "Docs",
        "site_url": "https://docs.example.com/",
        "plugins": [*host.plugins, {"postmortem": OPTIONS}],
        "markdown_extensions": EXTENSIONS,
        **({"theme": host.theme} if host.theme else {}),
        **host.config,
    }
    file.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def _toml() -> str:
    rules = ", ".join(f'{name} = "off"' for name in OPTIONS["rules"])
    return f"""[project]
site_name = "Docs"
site_url = "https://docs.example.com/"
[project.theme]
font = false
[project.plugins.postmortem]
today = {OPTIONS["today"]}
timezone = "UTC"
rules = {{{rules}}}
"""


def build(host: Host, programs: Path, folder: Path, *switches: str) -> Done:
    """Run the host's own command; for Zensical ours, which runs it or goes before it."""
    command = [str(programs / host.command), "build", *switches]
    if host.generates:
        done = run([str(programs / "mkdocs-postmortem"), "generate", *switches], folder)
        return run(command, folder) if done.returncode == 0 else done
    if host.command == "zensical":
        command = [str(programs / "mkdocs-postmortem"), "zensical", "build", *switches]
    return run(command, folder)


def run(command: list[str], folder: Path) -> Done:
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def read_in_backstage(site: Path) -> None:
    """Replace each page by what Backstage's reader leaves of it. Needs node and npm."""
    home = CACHE / "techdocs/reader"
    if not (home / "package").exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text('{"private": true}')
        npm = ["npm", "install", "--silent", "--no-fund", "dompurify", "jsdom"]
        subprocess.run(npm, cwd=home, check=True)
        packed = ["npm", "pack", "--silent", READER]
        name = subprocess.run(packed, cwd=home, check=True, capture_output=True, text=True)
        with tarfile.open(home / name.stdout.split()[-1]) as archive:
            archive.extractall(home, filter="data")
    script = ROOT / "scripts/techdocs_reader.mjs"
    subprocess.run(
        ["node", "--no-warnings", str(script), str(home), str(site)], check=True, cwd=home
    )
