"""What Zensical needs to show the archive: a copy of the docs folder, and a derived configuration.

Zensical runs no foreign plugins, has one docs folder and keeps rendered pages. So the docs and the
generated pages are put together in a folder of ours, and a configuration next to the site's own
names it. All knowledge of Zensical is here and in the command `zensical`; a module of Zensical's
announced API would need to add pages and files before rendering, take pages out of the automatic
navigation, and say which pages depend on others.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from mkdocs_postmortem.catalog.attachments import NAMING, withheld_files
from mkdocs_postmortem.catalog.site import Site
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.project.configuration import ProjectError, compose_config
from mkdocs_postmortem.project.generated import Generated
from mkdocs_postmortem.project.project import Project, find_manifests, walk
from mkdocs_postmortem.publishing.atomic import target_of, write_whole
from mkdocs_postmortem.publishing.generated_files import Outcome, write_generated
from mkdocs_postmortem.publishing.leaks import Leak, public_words, remove_output
from mkdocs_postmortem.publishing.output_search import OutputSearch, SearchTask
from mkdocs_postmortem.reading.page import is_utf8

WORK = ".postmortem"
_EXTENSION = "mkdocs_postmortem"
_PAGES = (".md", ".markdown")


class Staging:
    """The folder ``.postmortem`` next to the configuration: docs, generated pages and a mark."""

    def __init__(self, config: Path) -> None:
        self.root = config.parent
        self.docs = self.root / WORK / "docs"
        self.config = self.root / f"{WORK}.yml"
        self._state = self.root / WORK / "state"

    def fill(self, project: Project, site: Site, generated: Generated) -> Outcome:
        """Bring the copy up to date. OSError where the disk refuses."""
        self._write(self.docs.parent / ".gitignore", "*\n")
        self.docs.mkdir(exist_ok=True)
        authored = _authored(project, site)
        _copy(authored, self.docs, self.root)
        old = find_manifests(self.docs)
        outcome = write_generated(self.docs, generated.files, generated.manifest, old)
        kept = {*authored, *generated.files, generated.manifest.path}
        for file in _files(self.docs):
            if file.relative_to(self.docs).as_posix() not in kept:
                file.unlink()
        self._mark(generated)
        return outcome

    def configure(
        self, project: Project, site: Site, generated: Generated, default: str
    ) -> list[str]:
        """Write the site's configuration with everything added that the archive needs, as YAML; the
        lines say what was added.

        ``default`` is the YAML of the Markdown extensions that Zensical has without any named.
        """
        assert project.config is not None  # noqa: S101 - the command refuses to go on without
        own = _compose(project.config, project.values)
        style, scripts = generated.assets()
        options = {"config_file": project.config.name, "generated": f"{WORK}/docs"}
        added: list[str] = []
        changes: dict[str, yaml.Node] = {"docs_dir": _node(f"{WORK}/docs")}
        for key, paths in (("extra_css", [style]), ("extra_javascript", list(scripts))):
            missing = [path for path in paths if path not in project.listed(key)]
            changes[key] = _extended(own.get(key), missing)
            added += [f"{key}: {path}" for path in missing]
        extensions = own.get("markdown_extensions") or yaml.compose(default)
        changes["markdown_extensions"] = _with_extension(extensions, options)
        added.append(f"markdown_extensions: {_EXTENSION}")
        changes["watch"] = _extended(own.get("watch"), [f"{WORK}/state"])
        if not project.values.get("nav"):
            navigable = _navigable(project, site, generated)
            pages = [path for path in navigable if (self.docs / path).exists()]
            changes["nav"] = _node(_navigation(pages))
            added.append("nav: all pages but the postmortems")
        if project.values.get("repo_url") and "edit_uri" not in project.values:
            docs = project.docs.resolve().relative_to(self.root.resolve()).as_posix()
            changes["edit_uri"] = _node(f"edit/master/{docs}/")
        own.update(changes)
        pairs = [(_node(key), value) for key, value in own.items()]
        text = yaml.serialize(yaml.MappingNode("tag:yaml.org,2002:map", pairs))
        if not self.config.exists() or self.config.read_text(encoding="utf-8") != text:
            self._write(self.config, text)
        return added

    def leaks(self, project: Project, site: Site) -> list[Leak]:
        """What Zensical's output has that its audience must not see; nothing is read where nothing
        is withheld.
        """
        if not site.withheld:
            return []
        names = (
            project.values.get(key, "") for key in ("site_name", "site_description", "copyright")
        )
        public = [*map(str, names), *map("\n".join, _public(_authored(project, site), site))]
        public += public_words(site, project.messages(), project.settings)
        task = SearchTask(str(self.output(project)), site.withheld, tuple(public))
        return OutputSearch(task).finish().leaks

    def output(self, project: Project) -> Path:
        """The folder that Zensical builds into."""
        return self.root / str(project.values.get("site_dir") or "site")

    def remove_output(self, project: Project, leaks: Collection[Leak]) -> str:
        """Remove what Zensical has built; of a folder that has other things too, the leaks."""
        folder, root = self.output(project).resolve(), self.root.resolve()
        is_shared = root.is_relative_to(folder) or project.docs.resolve().is_relative_to(folder)
        return remove_output(folder, [] if is_shared else [folder], leaks)

    def _write(self, file: Path, text: str) -> None:
        write_whole(file, text.encode(), roots=(self.root,), overwrite=True)

    def _mark(self, generated: Generated) -> None:
        """A watched file whose time changes with the archive, so that kept pages are rendered anew.

        Zensical compares whole seconds; the time is a digest of what pages show of each other.
        """
        shown = b"\n".join(item for path, item in generated.files.items() if path.endswith(_PAGES))
        number = int.from_bytes(hashlib.sha256(shown).digest()[:4], "big") % 10**9 + 10**9
        if not self._state.exists() or int(self._state.stat().st_mtime) != number:
            self._write(self._state, f"{number}\n")
            os.utime(self._state, (number, number))


def _compose(config: Path, values: Mapping[str, Any]) -> dict[str, yaml.Node]:
    """The top-level keys with their nodes, which keep tags such as ``!ENV``."""
    if config.suffix == ".toml":
        return {key: _node(value) for key, value in values.items()}
    return {key.value: value for key, value in compose_config(config).value}


def _node(value: object) -> yaml.Node:
    node = yaml.compose(yaml.safe_dump(value, allow_unicode=True))
    assert node is not None  # noqa: S101 - a document with a value has a node
    return node


def _extended(node: yaml.Node | None, names: list[str]) -> yaml.Node:
    items = list(node.value) if isinstance(node, yaml.SequenceNode) else []
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [*items, *map(_node, names)])


def _with_extension(node: yaml.Node | None, options: dict[str, str]) -> yaml.Node:
    """A list or a table of extensions with ours at its end, in place of one that is named."""
    ours = _node(options)
    if isinstance(node, yaml.MappingNode):
        pairs = [pair for pair in node.value if pair[0].value != _EXTENSION]
        return yaml.MappingNode(node.tag, [*pairs, (_node(_EXTENSION), ours)])
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    others = [item for item in items if _name(item) != _EXTENSION]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [*others, _node({_EXTENSION: options})])


def _name(item: yaml.Node) -> str:
    first = item.value[0][0] if isinstance(item, yaml.MappingNode) else item
    return str(first.value)


def _navigable(project: Project, site: Site, generated: Generated) -> set[str]:
    """Pages of the automatic navigation: what authors wrote but postmortems, and the index."""
    lists = {*generated.manifest.lists.values()}
    pages = {path for path, _ in project.files()} - site.left_out.hidden
    if not project.settings.sidebar:
        pages -= {path for path, page in site.pages.items() if page.is_postmortem}
    index = {generated.manifest.index} if generated.manifest.index else set()
    return (pages - lists) | index


def _navigation(pages: list[str], parent: str = "") -> list[Any]:
    """A tree of folders as MkDocs makes one: the index first, then pages, then folders."""
    names = {path: path[len(parent) :] for path in pages}
    here = [path for path, name in names.items() if "/" not in name]
    here.sort(key=lambda path: (Path(path).stem.lower() not in ("index", "readme"), path))
    tree: list[Any] = list(here)
    for folder in sorted({name.partition("/")[0] for name in names.values() if "/" in name}):
        start = f"{parent}{folder}/"
        inside = [path for path in pages if path.startswith(start)]
        title = folder.replace("-", " ").replace("_", " ")
        title = title.capitalize() if title.islower() else title
        tree.append({title: _navigation(inside, start)})
    return tree


def _authored(project: Project, site: Site) -> dict[str, Path]:
    """Every file that the site shows, without those that `generate` has written."""
    generated = {path for one in find_manifests(project.docs) for path in (*one.files, one.path)}
    authored = {
        path: file
        for file in _files(project.docs)
        if (path := file.relative_to(project.docs).as_posix()) not in generated
        and path not in site.left_out.hidden
    }
    for path in authored:
        if not is_utf8(path):
            raise ProjectError(f"{printable(path)}: The file's name is not UTF-8. Rename the file.")
    pages = {path for path in authored if path.endswith(_PAGES)}
    texts = chain(_public(authored, site, NAMING), [("mkdocs.yml", str(project.values))])
    for path in withheld_files(authored.keys() - pages, site.withheld, pages, lambda: texts):
        del authored[path]
    return authored


def _public(
    authored: Mapping[str, Path], site: Site, ends: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """The files of a site, and what the audience may read of the pages and of files with these
    ends.
    """
    for path, file in authored.items():
        page = site.pages.get(path)
        if page is not None:
            yield path, page.text if page.source is None else page.source
        elif path.endswith((*_PAGES, *ends)):
            yield path, file.read_text(encoding="utf-8", errors="replace")
        else:
            yield path, ""


def _files(folder: Path) -> list[Path]:
    return [file for file in sorted(walk(folder)) if file.is_file()]


def _copy(files: Mapping[str, Path], target: Path, root: Path) -> None:
    """Copy what is new or has changed, with its time."""
    for path, source in files.items():
        copy, stat = target / path, source.stat()
        if copy.is_file():
            present = copy.stat()
            if (present.st_mtime_ns, present.st_size) == (stat.st_mtime_ns, stat.st_size):
                continue
        copy = target_of(copy, (root,))
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, copy)
