"""The package runs no code that it reads, starts git alone, and fetches in one command."""

from __future__ import annotations

import ast
from pathlib import Path

import yaml

import mkdocs_postmortem
from mkdocs_postmortem.checking import rules
from mkdocs_postmortem.reading import yaml_values

ROOT = Path(mkdocs_postmortem.__file__).parent
CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.unsafe_load"}
CALLS |= {"yaml.full_load", "input", "jinja2.Markup"}
MODULES = set(
    "pickle marshal shelve dill subprocess ctypes socket urllib.request http requests httpx "
    "aiohttp ftplib telnetlib runpy code".split()
)


def _found(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            shells = any(word.arg == "shell" for word in node.keywords)
            found += [name] if name in CALLS or name.startswith("os.spawn") or shells else []
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [item.name for item in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{item.name}" for item in node.names)]
        found += [name for name in names if name in MODULES or name.split(".")[0] in MODULES]
    return found


def test_nothing_is_evaluated_unpickled_run_or_fetched() -> None:
    by_file = {
        str(file.relative_to(ROOT)): sorted(set(found))
        for file in sorted(ROOT.rglob("*.py"))
        if (found := _found(ast.parse(file.read_text(encoding="utf-8"))))
    }
    # Git is asked for the history, and this same Python searches the output. Two commands that no
    # build runs start Zensical and fetch the data of other sites.
    assert by_file == {
        "cli/zensical.py": ["subprocess"],
        "history.py": ["subprocess"],
        "publishing/hub.py": ["urllib.request"],
        "publishing/search_process.py": ["subprocess"],
    }


def test_git_is_started_in_one_place_and_without_a_shell() -> None:
    tree = ast.parse((ROOT / "history.py").read_text(encoding="utf-8"))
    calls = [
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("subprocess.")
    ]
    assert calls == ["subprocess.Popen"]


def test_the_search_itself_finds() -> None:
    text = "import pickle\nfrom urllib import request\nimport os\nos.system('a')\neval('1')\n"
    assert len(_found(ast.parse(text))) == 4


# For mkdocs.yml, a SafeLoader that makes nothing of unknown tags; for our own data, libyaml's.
SAFE_LOADERS = {
    ("configuration.py", "_Loader"),
    ("rules.py", "_PARSER"),
    ("yaml_values.py", "_Parser"),
}


def test_yaml_is_loaded_by_safe_loaders_only() -> None:
    assert {yaml_values._Parser, rules._PARSER} <= {yaml.SafeLoader, yaml.CSafeLoader}
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "yaml.load":
                assert (file.name, ast.unparse(node.args[1])) in SAFE_LOADERS
