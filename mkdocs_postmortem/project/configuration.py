"""A site's configuration file → its values: ``mkdocs.yml``, ``properdocs.yml``, ``zensical.toml``.

It is read without its host, which need not be installed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pathspec.gitignore import GitIgnoreSpec
from yaml_env_tag import construct_env_tag

from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.source import split_text

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# Where a folder has several, the first that names the plugin counts, else the first.
CONFIG_NAMES = (
    "mkdocs.yml",
    "mkdocs.yaml",
    "properdocs.yml",
    "properdocs.yaml",
    "zensical.toml",
)
_SUFFIXES = (".yml", ".yaml", ".toml")
_MAX_INHERIT = 10


class ProjectError(Exception):
    """The project's configuration cannot be used; the text says why."""


def find_config(folder: Path, *, any_name: bool = True) -> Path | None:
    """The configuration file of the site whose root this folder is, if it is one.

    A file under another name counts if it names the plugin and a usual one does not; without any
    usual one only with ``any_name``. ProjectError if there are several of them.
    """
    usual = [path for name in CONFIG_NAMES if (path := folder / name).is_file()]
    if len(usual) == 1 and _mentions_plugin(usual[0]):
        return usual[0]
    named = next((path for path in usual if _names_plugin(path)), None)
    unusual = only_one(_unusual_configs(folder)) if (any_name or usual) and not named else None
    return named or unusual or (usual[0] if usual else None)


def configs_below(folder: Path, depth: int = 2) -> Iterator[Path]:
    """Configuration files in sub-folders that name the plugin."""
    for child in _children(folder) if depth else ():
        if child.is_dir() and not child.name.startswith(".") and not child.is_symlink():
            config = find_config(child)
            if config and _names_plugin(config):
                yield config
            yield from configs_below(child, depth - 1)


def only_one(configs: Iterable[Path]) -> Path | None:
    """The only configuration of several candidates; ProjectError if there are more."""
    found = list(configs)
    if len(found) > 1:
        names = ", ".join(map(str, found))
        raise ProjectError(f"Several files configure the plugin: {names}. Choose one with -f.")
    return found[0] if found else None


def read_config(config: Path) -> dict[str, Any]:
    """The file's values. ProjectError if it cannot be read or holds no mapping."""
    if config.suffix != ".toml":
        root = compose_config(config)
        with _readable(config, "YAML"):
            return dict(_construct(root))
    with _readable(config, "TOML"):
        data = tomllib.loads(_text(config))
    inner = data.get("project", data)
    if not isinstance(inner, dict):
        raise ProjectError(f"{config}: `project` is not a table of options.")
    return inner


def compose_config(config: Path, depth: int = 0) -> yaml.MappingNode:
    """A YAML configuration with all that it inherits. Nodes keep tags such as ``!ENV``."""
    with _readable(config, "YAML"):
        root = yaml.compose(_text(config), _Loader)
    if not isinstance(root, yaml.MappingNode):
        raise ProjectError(f"{config} is not a mapping of options.")
    parents = [_construct(value) for key, value in root.value if key.value == "INHERIT"]
    root.value = [pair for pair in root.value if pair[0].value != "INHERIT"]
    if depth < _MAX_INHERIT and parents and isinstance(parents[-1], str):
        return _merged(compose_config(config.parent / parents[-1], depth + 1), root)
    return root


def plugin_options(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Our options as they are typed; None where the plugin is not named."""
    for name, options in plugins_of(data):
        if name in ("postmortem", "mkdocs-postmortem"):
            known = dict(options) if isinstance(options, dict) else {}
            known.pop("enabled", None)
            return known
    return None


def plugins_of(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The plugins that a configuration names, each with its options as they are typed."""
    plugins = data.get("plugins")
    for item in (plugins,) if isinstance(plugins, dict) else plugins or ():
        if isinstance(item, dict):
            yield from ((str(name), options) for name, options in item.items())
        else:
            yield str(item), None


def _unusual_configs(folder: Path) -> Iterator[Path]:
    for path in _children(folder):
        is_usual = path.suffix not in _SUFFIXES or path.name in CONFIG_NAMES
        if (
            not is_usual
            and not path.name.startswith(".")
            and _mentions_plugin(path)
            and _names_plugin(path)
        ):
            yield path


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _mentions_plugin(config: Path) -> bool:
    """Whether it is worth reading a file; what it inherits is not looked at."""
    try:
        return b"postmortem" in config.read_bytes()
    except OSError:
        return False


def _names_plugin(config: Path) -> bool:
    try:
        return plugin_options(read_config(config)) is not None
    except ProjectError:
        return False


class _Loader(yaml.SafeLoader):
    """Knows ``!ENV``, as MkDocs does; reads past tags such as ``!!python/name:…``."""


_Loader.add_multi_constructor("", lambda *_: None)
_Loader.add_constructor("!ENV", construct_env_tag)


def _text(config: Path) -> str:
    try:
        return config.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ProjectError(f"{config}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ProjectError(f"{config} is not UTF-8: {error}") from error


@contextmanager
def _readable(config: Path, language: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise ProjectError(f"{config} is not readable {language}: {reason}") from error


def _construct(node: yaml.Node) -> Any:
    # A SafeLoader that knows fewer tags; nothing is constructed from the others.
    return _Loader("").construct_document(node)


def _merged(base: yaml.MappingNode, over: yaml.MappingNode) -> yaml.MappingNode:
    """As MkDocs inherits: mappings are merged, everything else is replaced."""
    for node in (base, over):
        _Loader("").flatten_mapping(node)
    pairs = {str(key.value): (key, value) for key, value in base.value}
    for key, value in over.value:
        _, below = pairs.get(str(key.value), (key, None))
        both = isinstance(below, yaml.MappingNode) and isinstance(value, yaml.MappingNode)
        pairs[str(key.value)] = (key, _merged(below, value) if both else value)
    return yaml.MappingNode(over.tag, [*pairs.values()])


# What MkDocs leaves out unless `exclude_docs` includes it again with a `!`.
_NEVER_BUILT = (".*", "/templates/")
_DEFAULT = GitIgnoreSpec.from_lines(_NEVER_BUILT)


@dataclass(frozen=True, slots=True)
class Exclusions:
    """``excluded`` is what MkDocs never builds, with the option ``exclude_docs``; ``named`` are the
    patterns of an option with its name. ``posts`` are folders of posts of which a blog does not
    publish the drafts.
    """

    excluded: GitIgnoreSpec = field(default_factory=lambda: _DEFAULT)
    named: tuple[tuple[str, GitIgnoreSpec], ...] = ()
    posts: tuple[str, ...] = ()

    def excludes(self, path: str, file: Path) -> bool:
        """Whether a file below the docs folder is not in the site."""
        return self.excluded.match_file(path) or self.reason(path, file) is not None

    def reason(self, path: str, file: Path) -> str | None:
        """Why the options leave a file out; None for others, and for what is never built."""
        if (not self.named and not self.posts) or _DEFAULT.match_file(path):
            return None
        named = (f"`{name}` names it" for name, spec in self.named if spec.match_file(path))
        is_post = any(path.startswith(f"{folder}/") for folder in self.posts)
        return next(named, "it is a draft of the blog" if is_post and _is_draft(file) else None)


def read_exclusions(data: Mapping[str, Any]) -> Exclusions:
    """The exclusions that the values of a configuration file give."""
    patterns = {
        name: value.splitlines()
        for name in ("draft_docs", "exclude_docs")
        if isinstance(value := data.get(name), str)
    }
    return Exclusions(
        GitIgnoreSpec.from_lines([*_NEVER_BUILT, *patterns.get("exclude_docs", ())]),
        tuple((name, GitIgnoreSpec.from_lines(lines)) for name, lines in patterns.items()),
        tuple(_post_folders(data)),
    )


def _post_folders(data: Mapping[str, Any]) -> Iterator[str]:
    for name, options in plugins_of(data):
        known = options if isinstance(options, dict) else {}
        if name.rpartition("/")[2] == "blog" and known.get("draft") is not True:
            blog = str(known.get("blog_dir", "blog")).strip("./")
            folder = str(known.get("post_dir", "{blog}/posts")).replace("{blog}", blog)
            yield folder.strip("/")


def _is_draft(file: Path) -> bool:
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return False
    return read_front_matter(split_text(text)).data.get("draft") is True
