"""Values of the model → plain JSON, and back by the types of their fields.

For our own files: nothing in them can run anything, and whatever does not fit is refused. Data that
others read has ``document.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache, partial
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from mkdocs_postmortem.model.zone import Zone, fixed_zone, named_zone

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """What ``json.dumps`` is to write for a value that it does not know; its ``default``."""
    if isinstance(value, Zone):
        return [value.name, value.written]
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return [getattr(value, field.name) for field in fields(value)]


def from_plain(kind: type[T], data: object) -> T:
    """The value of this kind. TypeError, ValueError, KeyError or AttributeError for other data."""
    hint: Any = kind
    value: T = _reader(hint)(data)
    return value


@cache  # the same few types are in each of thousands of pages
def _reader(kind: Any) -> Any:
    """What reads data as a type: a dataclass, a named tuple, an enumeration or what they hold."""
    args = [_reader(item) for item in get_args(kind) if item not in (type(None), ...)]
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return lambda data: None if data is None else args[0](data)
    if origin is tuple:
        return lambda data: tuple(map(args[0], _exact(list, data)))
    if origin is dict:
        return lambda data: {args[0](key): args[1](value) for key, value in data.items()}
    if kind is Any:
        return lambda data: data
    if kind in (date, time):
        return kind.fromisoformat
    if kind is timedelta:
        return lambda data: timedelta(seconds=data)
    if kind is Zone:
        return _zone
    if issubclass(kind, Enum):
        return kind
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return partial(_read_fields, kind, [])
    return lambda data: _exact(kind, data)


def _read_fields(kind: Any, readers: list[Callable[[Any], Any]], data: Any) -> Any:
    """``readers`` are filled by the first value, since some kinds hold themselves."""
    readers[:] = readers or map(_reader, get_type_hints(kind).values())
    return kind(*[read(item) for read, item in zip(readers, data, strict=True)])


def _exact(kind: type[T], data: Any) -> T:
    if type(data) is not kind:
        raise TypeError(f"expected {kind.__name__}, found {type(data).__name__}")
    return data


def _zone(data: Any) -> Zone:
    name, written = map(str, data)
    if name.startswith("UTC"):
        offset = datetime.strptime(name[3:] or "+00:00", "%z").utcoffset()
        return fixed_zone(offset or timedelta(), written)
    zone = named_zone(name, written)
    if zone is None:
        raise ValueError(f"no zone {name}")
    return zone
