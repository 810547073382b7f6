"""The files of a new site: the folder ``template/`` with the team's own values in it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from mkdocs_postmortem import data_folder
from mkdocs_postmortem.adopting.draft import yaml_value

HOSTS = {
    "mkdocs": ("mkdocs-material", "mkdocs"),
    "properdocs": ("properdocs\nmkdocs-material", "properdocs"),
    "zensical": ("zensical", "mkdocs-postmortem zensical"),
}
"""Each host's packages and its command."""

CONFIG = "mkdocs.yml"
# An explicit list replaces these.
_DEFAULT_PLUGINS = ("search",)
# Only a new site gets these.
_NEW_SITES_ONLY = ("docs/", "schemas/", "README.md", ".gitignore", CONFIG)


@dataclass(frozen=True)
class SiteOptions:
    """What ``init`` asks for. Without services any name is allowed on a page."""

    name: str = "Our incidents"
    timezone: str = "UTC"
    severities: Sequence[str] = ("SEV1", "SEV2", "SEV3", "SEV4")
    services: Sequence[str] = ()
    host: str = "mkdocs"

    def plugin(self) -> dict[str, object]:
        """The plugin's options, as they are typed."""
        return {
            "timezone": self.timezone,
            "severities": list(self.severities),
            "services": list(self.services),
        }


def starter_files(options: SiteOptions, *, is_new: bool) -> dict[str, str]:
    """Path below the site's folder → text. An existing site gets no pages and no configuration."""
    folder = data_folder("template")
    texts = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    files = {
        path: _substitute(text, options)
        for path, text in texts.items()
        if is_new or not path.startswith(_NEW_SITES_ONLY)
    }
    if is_new and options.host == "properdocs":
        files["properdocs.yml"] = files.pop(CONFIG)
    return files


def add_plugin(config: str, text: str, options: SiteOptions) -> str | None:
    """Add the plugin's block to the text of a configuration and keep everything else as it is.

    None if there is no certain place for it: `plugins` is inherited or written in braces.
    """
    if config.endswith(".toml"):
        # Strings and lists are the same in JSON and TOML.
        lines = (
            f"{key} = {json.dumps(value, ensure_ascii=False)}"
            for key, value in options.plugin().items()
        )
        block = "\n".join(["[project.plugins.postmortem]", *lines, ""])
        return text.rstrip("\n") + "\n\n" + block
    values = _top_level(text)
    plugins = values.get("plugins")
    if plugins is None:
        block = _block(_DEFAULT_PLUGINS, options)
        return None if "INHERIT" in values else text.rstrip("\n") + "\n\n" + block
    if not isinstance(plugins, yaml.CollectionNode) or plugins.flow_style or not plugins.value:
        return None
    return _insert(text, plugins, options)


def explain_edit(text: str, options: SiteOptions) -> str:
    """Why ``add_plugin`` has no certain place, what to do by hand, and the lines to type.

    Lines that take the place of others have the items of these as they are written.
    """
    plugins = _top_level(text).get("plugins")
    if isinstance(plugins, yaml.CollectionNode):
        reason = "`plugins` is written in brackets, which `init` does not change. Replace it with:"
        is_list = isinstance(plugins, yaml.SequenceNode) or not plugins.value
        block = _block(_items(text, plugins), options, is_list=is_list)
    elif plugins is not None and not plugins.value:
        reason = "`plugins` is empty, which means the default. Replace it with:"
        block = _block(_DEFAULT_PLUGINS, options)
    else:
        reason = (
            "`plugins` is not in this file. Add this to the list in the file that `INHERIT` names:"
        )
        block = "\n".join([*_yaml_lines(options, "  ", is_list=True), ""])
    return f"{reason}\n\n{block}"


def _block(items: Sequence[str], options: SiteOptions, *, is_list: bool = True) -> str:
    """The plugins as a block: those that a site has, then ours."""
    mark = "- " if is_list else ""
    others = (f"  {mark}{item}" for item in items)
    return "\n".join(["plugins:", *others, *_yaml_lines(options, "  ", is_list=is_list), ""])


def _items(text: str, plugins: yaml.CollectionNode) -> list[str]:
    """Each item of a list or mapping in brackets as it is written, for a block."""
    if isinstance(plugins, yaml.SequenceNode):
        return [_source(text, item) for item in plugins.value]
    return [f"{_source(text, key)}: {_source(text, item)}".rstrip() for key, item in plugins.value]


def _source(text: str, node: yaml.Node) -> str:
    lines = text[node.start_mark.index : node.end_mark.index].splitlines()
    return "\n      ".join(line.strip() for line in lines)


def _top_level(text: str) -> dict[str, yaml.Node]:
    """The nodes of a YAML file by their keys; none if it is not a mapping."""
    root = yaml.compose(text, yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    return {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _insert(text: str, plugins: yaml.CollectionNode, options: SiteOptions) -> str:
    """The block after the last plugin, with the indent of the others."""
    is_list = isinstance(plugins, yaml.SequenceNode)
    last = plugins.value[-1] if is_list else plugins.value[-1][1]
    lines = text.split("\n")
    end = last.end_mark.line if last.end_mark.column == 0 else last.end_mark.line + 1
    # A node reaches to the next token, so blank lines and comments there belong to what follows.
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    indent = " " * plugins.start_mark.column
    lines[end:end] = _yaml_lines(options, indent, is_list=is_list)
    return "\n".join(lines)


def _yaml_lines(options: SiteOptions, indent: str, *, is_list: bool) -> list[str]:
    mark, deeper = ("- ", indent + "    ") if is_list else ("", indent + "  ")
    values = [f"{deeper}{key}: {yaml_value(value)}" for key, value in options.plugin().items()]
    return [f"{indent}{mark}postmortem:", *values]


def _substitute(text: str, options: SiteOptions) -> str:
    """Replace the template's own values. Each is written there exactly as here."""
    severities = list(options.severities)
    second = severities[min(1, len(severities) - 1)]
    third = severities[min(2, len(severities) - 1)]
    packages, command = HOSTS[options.host]
    title = " ".join(options.name.split())
    values = {
        "site_name: Our incidents": f"site_name: {yaml_value(title)}",
        "# Our incidents": f"# {title}",
        "timezone: UTC": f"timezone: {yaml_value(options.timezone)}",
        "severities: [SEV1, SEV2, SEV3, SEV4]": f"severities: {yaml_value(severities)}",
        "options: [SEV1, SEV2, SEV3, SEV4]": f"options: {yaml_value(severities)}",
        "severity: SEV2": f"severity: {yaml_value(second)}",
        "severity: SEV3": f"severity: {yaml_value(third)}",
        "services: [checkout, login, search]": f"services: {yaml_value(list(options.services))}",
        "\nmkdocs-material\n": f"\n{packages}\n",
        "mkdocs build --strict": f"{command} build --strict",
        "mkdocs serve": f"{command} serve",
    }
    for index, service in enumerate(("checkout", "login", "search") if options.services else ()):
        own = options.services[index % len(options.services)]
        values[f"services: [{service}]"] = f"services: {yaml_value([own])}"
    # In one pass, since a team may call a service as the template calls another.
    return re.sub("|".join(map(re.escape, values)), lambda match: values[match.group()], text)
