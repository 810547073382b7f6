"""The files of a new site: the folder ``template/`` with the team's own values in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from mkdocs_postmortem.adopting import yaml_value
from mkdocs_postmortem.model.package_data import data_folder

HOSTS = {
    "mkdocs": ("mkdocs-material", "mkdocs"),
    "properdocs": ("properdocs\nmkdocs-material", "properdocs"),
    "zensical": ("zensical", "mkdocs-postmortem zensical"),
}
"""Each host's packages and its command."""

CONFIG = "mkdocs.yml"
# What belongs to a site from its first day; an existing site has its own.
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
        return text.rstrip("\n") + "\n\n" + plugin_block(config, options)
    root = yaml.compose(text, _Positions)
    if not isinstance(root, yaml.MappingNode):
        return None
    plugins = next((value for key, value in root.value if key.value == "plugins"), None)
    if plugins is None:
        # An explicit list replaces the default, which is the search.
        inherits = any(key.value == "INHERIT" for key, _ in root.value)
        block = plugin_block(config, options).replace("plugins:\n", "plugins:\n  - search\n")
        return None if inherits else text.rstrip("\n") + "\n\n" + block
    if not isinstance(plugins, yaml.CollectionNode) or plugins.flow_style or not plugins.value:
        return None
    return _insert(text, plugins, options)


def plugin_block(config: str, options: SiteOptions) -> str:
    """The block as someone would type it into a configuration that lacks it."""
    if config.endswith(".toml"):
        lines = [f"{key} = {_flow(value, '.toml')}" for key, value in options.plugin().items()]
        return "\n".join(["[project.plugins.postmortem]", *lines, ""])
    return "\n".join(["plugins:", *_yaml_lines(options, "  ", is_list=True), ""])


class _Positions(yaml.SafeLoader):
    """Composes nodes for their positions; constructs nothing."""


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
    values = [f"{deeper}{key}: {_flow(value)}" for key, value in options.plugin().items()]
    return [f"{indent}{mark}postmortem:", *values]


def _substitute(text: str, options: SiteOptions) -> str:
    """Replace the template's own values. Each is written there exactly as here."""
    severities = list(options.severities)
    second = severities[min(1, len(severities) - 1)]
    third = severities[min(2, len(severities) - 1)]
    packages, command = HOSTS[options.host]
    title = " ".join(options.name.split())
    values = {
        "site_name: Our incidents": f"site_name: {_flow(title)}",
        "# Our incidents": f"# {title}",
        "timezone: UTC": f"timezone: {_flow(options.timezone)}",
        "severities: [SEV1, SEV2, SEV3, SEV4]": f"severities: {_flow(severities)}",
        "options: [SEV1, SEV2, SEV3, SEV4]": f"options: {_flow(severities)}",
        "severity: SEV2": f"severity: {_flow(second)}",
        "severity: SEV3": f"severity: {_flow(third)}",
        "services: [checkout, search]": f"services: {_flow(list(options.services))}",
        "\nmkdocs-material\n": f"\n{packages}\n",
        "mkdocs build --strict": f"{command} build --strict",
        "mkdocs serve": f"{command} serve",
    }
    if options.services:
        values["services: [checkout]"] = f"services: {_flow([options.services[0]])}"
    for old, new in values.items():
        text = text.replace(old, new)
    return text


def _flow(value: object, suffix: str = ".yml") -> str:
    """A value on one line, as YAML or TOML."""
    if suffix == ".toml":
        return json.dumps(value, ensure_ascii=False)  # strings and lists are the same there
    return yaml_value(value)
