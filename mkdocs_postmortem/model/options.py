"""The plugin's options as typed in ``mkdocs.yml`` → checked settings, every error collected.

The build and the command line both come through here, so that both apply the same settings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from mkdocs_postmortem.model.option_values import editor_fault, read_hub_sites, read_metrics
from mkdocs_postmortem.model.problem import Level, did_you_mean
from mkdocs_postmortem.model.record import MAPPABLE, SectionKey
from mkdocs_postmortem.model.settings import Audience, Settings, Synonyms, epoch_error
from mkdocs_postmortem.model.timeline import Kind
from mkdocs_postmortem.model.zone import Zone, named_zone, similar_zone

_Member = TypeVar("_Member", bound=Enum)
_Item = TypeVar("_Item")
_ReadItems = Callable[[Any], tuple[tuple[_Item, ...], list[str]]]

# Other words of the field for the same option, and for the same page. Both are equally good, so
# neither is deprecated.
_ALIASES = {"metrics": "measures", "recurrence_days": "repeat_days"}
OPTIONS = (*Settings.__dataclass_fields__, *_ALIASES)
_PAGE_ALIASES = {"action_items": "tasks", "recurrences": "repeats"}


def read_options(options: Mapping[str, Any]) -> tuple[Settings, list[str]]:
    """The settings and one sentence for each option that is wrong (its default is used then)."""
    default = Settings()
    reader = _Reader(options)
    reader.take_aliases()
    settings = Settings(
        folder=reader.folder("folder", default.folder),
        audience=Audience(reader.choice("audience", ("public", "internal"))),
        exclude=tuple(map(_source_path, reader.texts("exclude"))),
        match=tuple(map(_source_path, reader.texts("match"))),
        fields=reader.fields(),
        timezone=reader.zone("timezone"),
        language=reader.text("language") or None,
        schema=reader.text("schema") or None,
        severities=reader.texts("severities") or default.severities,
        services=reader.texts("services"),
        authors=reader.texts("authors"),
        words=reader.word_limits(default.words),
        measures=reader.items("measures", read_metrics),
        hub=reader.items("hub", read_hub_sites),
        repeat_days=reader.count("repeat_days", default.repeat_days),
        rules=reader.levels(),
        synonyms=reader.synonyms(),
        pages=reader.some("pages", default.pages, _PAGE_ALIASES),
        publish=reader.some("publish", default.publish),
        templates=reader.templates(default.severities),
        people=reader.handles("people"),
        history=reader.flag("history", default.history),
        sidebar=reader.flag("sidebar", default.sidebar),
        index=reader.flag("index", default.index),
        panel=reader.choice("panel", ("serve", "always", "never")),
        editor=reader.editor(),
        on_error=reader.choice("on_error", ("fail", "warn")),
        today=reader.today(),
    )
    reader.refuse_unknown(Settings.__dataclass_fields__.keys())
    return settings, reader.errors


def _source_path(text: str) -> str:
    """As hosts name files: with ``/``, however Windows shells complete them."""
    return text.replace("\\", "/").removeprefix("./")


class _Reader:
    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = {key: value for key, value in options.items() if value is not None}
        self.errors: list[str] = []

    def take_aliases(self) -> None:
        """Put the values of options under another name into their place."""
        for alias, name in _ALIASES.items():
            value = self._options.pop(alias, None)
            known = self._options.get(name)
            if value is not None and known not in (None, value):
                self.errors.append(f"{alias}: this is `{name}` under another name. Give only one.")
            elif value is not None:
                self._options[name] = value

    def _typed(self, name: str, kind: type[_Item], default: _Item, wanted: str) -> _Item:
        value = self._options.get(name, default)
        if isinstance(value, kind):
            return value
        self._fault(name, value, wanted)
        return default

    def text(self, name: str, default: str = "") -> str:
        return self._typed(name, str, default, "text")

    def flag(self, name: str, default: bool) -> bool:
        return self._typed(name, bool, default, "true or false")

    def folder(self, name: str, default: str) -> str:
        value = self.text(name, default)
        path = _source_path(value)
        if value.startswith(("/", "\\")) or ":" in path or ".." in path.split("/"):
            self._fault(name, value, "a path below the docs folder, such as `postmortems`,")
            return default
        return path.strip("/")

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._options.get(name, [])
        items = [value] if isinstance(value, str) else value
        if isinstance(items, (list, tuple)) and all(isinstance(item, (str, int)) for item in items):
            return tuple(str(item) for item in items)
        self._fault(name, value, "a list of text values")
        return ()

    def editor(self) -> str:
        text = self.text("editor")
        error = editor_fault(text) if text else ""
        if error:
            self.errors.append(error)
        return "" if error else text

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self._options.get(name, choices[0])
        if value in choices:
            return str(value)
        self._fault(name, value, " or ".join(f"`{item}`" for item in choices))
        return choices[0]

    def zone(self, name: str) -> Zone | None:
        value = self._options.get(name)
        return None if value is None else self._zone(name, value)

    def today(self) -> date | None:
        value = self._options.get("today")
        if value is None and (error := epoch_error()):
            self.errors.append(error)
        if value is None or type(value) is date:  # YAML 1.1 has made a date of it already
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self._fault("today", value, "a day such as `2026-11-24`")
            return None

    def word_limits(self, default: tuple[int, int]) -> tuple[int, int]:
        value = self._options.get("words", default)
        items = list(value) if isinstance(value, (list, tuple)) else []
        if len(items) == 2 and all(type(item) is int for item in items) and items[0] <= items[1]:
            return items[0], items[1]
        self._fault("words", value, "two numbers, the least and the most: `[400, 600]`")
        return default

    def count(self, name: str, default: int) -> int:
        value = self._options.get(name, default)
        if type(value) is int and value >= 0:
            return value
        self._fault(name, value, "a whole number")
        return default

    def items(self, name: str, read: _ReadItems[_Item]) -> tuple[_Item, ...]:
        found, errors = read(self._options.get(name, []))
        self.errors += errors
        return found

    def fields(self) -> dict[str, tuple[str, ...]]:
        """The team's own keys for the plugin's fields. A custom schema can add more fields."""
        fields: dict[str, tuple[str, ...]] = {}
        for name, keys in self._mapping("fields").items():
            items = [keys] if isinstance(keys, str) else keys
            if name not in MAPPABLE and not self._options.get("schema"):
                hint = did_you_mean(name, MAPPABLE)
                self.errors.append(f"fields: `{name}` is not a field of a postmortem.{hint}")
            elif isinstance(items, list) and items and all(isinstance(key, str) for key in items):
                fields[name] = tuple(items)
            else:
                self._fault(f"fields: {name}", keys, "a front matter key, or a list of keys,")
        return fields

    def levels(self) -> dict[str, Level]:
        levels = {
            # YAML 1.1 reads a bare `off` as false.
            code: self._member(f"rules: {code}", "off" if value is False else value, Level)
            for code, value in self._mapping("rules").items()
        }
        return {code: level for code, level in levels.items() if level}

    def some(
        self, name: str, choices: tuple[str, ...], aliases: Mapping[str, str] | None = None
    ) -> tuple[str, ...]:
        """Any number of the choices; all of them without the option."""
        if name not in self._options:
            return choices
        wanted = [(aliases or {}).get(item, item) for item in self.texts(name)]
        for item in sorted(set(wanted) - set(choices)):
            known = ", ".join(f"`{choice}`" for choice in choices)
            self.errors.append(f"{name}: `{item}` is not one of {known}.")
        return tuple(choice for choice in choices if choice in wanted)

    def templates(self, default: tuple[str, ...]) -> dict[str, str]:
        known = (*(self.texts("severities") or default), "default")
        templates: dict[str, str] = {}
        for name, path in self._mapping("templates").items():
            if name not in known:
                choices = ", ".join(f"`{item}`" for item in known)
                self.errors.append(f"templates: `{name}` is not one of {choices}.")
            elif isinstance(path, str):
                templates[name] = path
            else:
                self._fault(f"templates: {name}", path, "the path of a Markdown file")
        return templates

    def handles(self, name: str) -> dict[str, str]:
        handles: dict[str, str] = {}
        for person, handle in self._mapping(name).items():
            if isinstance(handle, str) and handle.strip("@") and not re.search(r"\s", handle):
                handles[person] = handle.removeprefix("@")
            else:
                self._fault(f"{name}: {person}", handle, "a handle such as `dana`")
        return handles

    def synonyms(self) -> Synonyms:
        groups = self._mapping("synonyms")
        for name in groups.keys() - {"sections", "kinds", "zones"}:
            self.errors.append(
                f"synonyms: `{name}` is not known. Groups are `sections`, `kinds` and `zones`."
            )
        return Synonyms(
            sections=self._words_of("sections", groups.get("sections"), SectionKey),
            kinds=self._words_of("kinds", groups.get("kinds"), Kind),
            zones=self._zones_of(groups.get("zones")),
        )

    def refuse_unknown(self, known: Any) -> None:
        for name in self._options:
            if name not in known:
                hint = did_you_mean(name, known)
                self.errors.append(f"`{name}` is not an option of the plugin.{hint}")

    def _words_of(self, group: str, value: Any, kind: type[_Member]) -> dict[str, _Member]:
        words: dict[str, _Member] = {}
        for name, items in self._as_mapping(f"synonyms: {group}", value).items():
            member = self._member(f"synonyms: {group}", name, kind)
            for item in items if isinstance(items, list) else [items]:
                if member:
                    words[str(item).strip().lower()] = member
        return words

    def _zones_of(self, value: Any) -> dict[str, Zone]:
        zones = {
            name.strip().lower(): self._zone(f"synonyms: zones: {name}", iana, written=name)
            for name, iana in self._as_mapping("synonyms: zones", value).items()
        }
        return {name: zone for name, zone in zones.items() if zone}

    def _zone(self, name: str, value: Any, written: str = "") -> Zone | None:
        zone = named_zone(str(value), written)
        if zone is None:
            similar = similar_zone(str(value))
            hint = f" Did you mean `{similar}`?" if similar else ""
            self.errors.append(
                f"{name}: `{value}` is not an IANA time zone such as `Europe/Paris`.{hint}"
            )
        return zone

    def _member(self, name: str, value: Any, kind: type[_Member]) -> _Member | None:
        try:
            return kind(value)
        except ValueError:
            choices = ", ".join(f"`{item.value}`" for item in kind)
            self.errors.append(f"{name}: `{value}` is not one of {choices}.")
            return None

    def _mapping(self, name: str) -> dict[str, Any]:
        return self._as_mapping(name, self._options.get(name))

    def _as_mapping(self, name: str, value: Any) -> dict[str, Any]:
        if value is None or isinstance(value, dict):
            return {str(key): item for key, item in (value or {}).items()}
        self._fault(name, value, "a mapping (`key: value` lines)")
        return {}

    def _fault(self, name: str, value: Any, wanted: str) -> None:
        self.errors.append(f"{name}: {wanted} is expected, not `{value!r}`.")
