"""Schema errors → plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_postmortem.checking.schemas import FRONT_MATTER, load_schema
from mkdocs_postmortem.model.problem import closest
from mkdocs_postmortem.reading.yaml_values import read_data_file

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_WORDS: dict[str, dict[str, Any]] = read_data_file(Path(__file__).with_name("explanations.yml"))
_TYPES, _FORMATS, _EMPTY = _WORDS["types"], _WORDS["formats"], _WORDS["empty"]
_OTHER_NAMES, _FOREIGN_KEYS = _WORDS["other_names"], _WORDS["foreign_keys"]
_SECTIONS = _WORDS["sections"]
_KINDS = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One schema error; ``subject`` is the path of the value (``tasks[2].owner``).

    ``meant`` is the key or the value that ``typed`` probably stands for.
    """

    code: str
    subject: str
    message: str
    fix: str
    typed: str = ""
    meant: str = ""


def explain_errors(
    errors: Iterable[ValidationError], known_keys: tuple[str, ...]
) -> Iterator[Explanation]:
    """Each error in plain words; unknown keys one by one."""
    for error in errors:
        from jsonschema.exceptions import best_match  # loaded by now, as there is an error

        found = best_match([error]) or error  # the most telling branch of an anyOf
        yield from _translate(found, known_keys)


def _translate(error: ValidationError, known_keys: tuple[str, ...]) -> Iterator[Explanation]:
    subject = subject_of(error.absolute_path)
    keyword = str(error.validator)
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        for key in _extra_keys(error):
            schema = error.schema if isinstance(error.schema, dict) else {}
            names = tuple(schema.get("properties", ())) or known_keys
            yield _unknown_key(key, subject, names)
    elif keyword == "required":
        yield _missing(error, subject)
    elif keyword in ("enum", "const"):
        yield _not_allowed(error, subject)
    elif keyword == "minItems" and subject in _EMPTY:
        yield Explanation("PM104", subject, *_EMPTY[subject])
    else:
        yield _wrong(error, subject, keyword)


def subject_of(path: Iterable[str | int]) -> str:
    """``tasks[2].owner`` for the path of an error."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else str(step))
    return text


def _extra_keys(error: ValidationError) -> list[str]:
    instance: Any = error.instance
    if error.validator == "additionalProperties" and isinstance(error.schema, dict):
        known = error.schema.get("properties", {})
        return [key for key in instance if key not in known]
    # jsonschema names the unevaluated keys in the message only.
    return [key for key in instance if repr(key) in error.message]


def _unknown_key(key: str, subject: str, known: tuple[str, ...]) -> Explanation:
    where = f"`{subject}`" if subject else "`postmortem:`"
    hint = _FOREIGN_KEYS.get(key, "") if not subject else ""
    other = _OTHER_NAMES.get(key, "") if not subject else ""
    meant = "" if hint else other or closest(key, known)
    guess = f"Write `{meant}:`." if other else f"Did you mean `{meant}`?" if meant else ""
    fix = hint or guess or "Correct or delete it, or add it in a schema of your own."
    full = f"{subject}.{key}" if subject else key
    return Explanation("PM101", full, f"`{key}` is not a known key of {where}.", fix, key, meant)


def _missing(error: ValidationError, subject: str) -> Explanation:
    required = error.validator_value if isinstance(error.validator_value, list) else []
    instance: Any = error.instance
    names = (key for key in required if repr(key) in error.message and key not in instance)
    name = next(names, "")
    full = f"{subject}.{name}" if subject else name
    if subject == "sections":
        spoken = name.replace("_", " ")
        spoken, example = _SECTIONS.get(name, (spoken, f"## {spoken.capitalize()}"))
        return Explanation(
            "PM105",
            full,
            f"There is no section on {spoken}.",
            f"Add a heading such as `{example}` with text below it. If the page has one under "
            "another name, add that name to the option `synonyms`.",
        )
    if full in _EMPTY:
        return Explanation("PM104", full, *_EMPTY[full])
    example = _example(full, name)
    hint = _alternative(full, example)
    return Explanation(
        "PM104", full, f"`{full}` is missing.", f"Add it, for example `{example}`{hint}."
    )


def _example(full: str, name: str) -> str:
    """The line to write, with the schema's own example of a value."""
    spec = load_schema(FRONT_MATTER)["$defs"]["postmortem"]["properties"].get(full, {})
    value = next(iter(spec.get("examples", ())), "…")
    return f"{name}: [{', '.join(value)}]" if isinstance(value, list) else f"{name}: {value}"


def _alternative(name: str, example: str) -> str:
    """The other place for the value, with the same time as the example of the first."""
    if name in ("started", "detected", "acknowledged", "mitigated", "resolved"):
        return f", or a timeline entry such as `- {example.split()[-1]} **{name.capitalize()}:** …`"
    if name in ("impact", "root_cause"):
        return f", or write a section `{_SECTIONS[name][1]}`"
    return ""


def _not_allowed(error: ValidationError, subject: str) -> Explanation:
    value = error.validator_value
    allowed = value if error.validator == "enum" and isinstance(value, list) else [value]
    choices = ", ".join(f"`{item}`" for item in allowed)
    typed = str(error.instance)
    meant = closest(typed, [str(item) for item in allowed])
    guess = f"Did you mean `{meant}`?" if meant else ""
    return Explanation(
        "PM103",
        subject,
        f"`{subject}: {_shown(error.instance)}` is not allowed.",
        f"{guess} Choose one of {choices}.".strip(),
        typed,
        meant,
    )


def _wrong(error: ValidationError, subject: str, keyword: str) -> Explanation:
    name = subject or "postmortem"
    value: Any = error.instance
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    shown = f"`{name}: {_shown(value)}`"
    code, message, fix = "PM106", f"`{name}`: {error.message}.", "See the schema."
    if keyword in ("type", "anyOf", "oneOf"):
        kind = "empty" if value is None else _TYPES[_KINDS[type(value)]]
        code, message = "PM102", f"`{name}` is {kind}."
        fix = f"Write {_wanted_types(error)}."
    elif keyword == "format" or schema.get("format") == "date":
        form = str(schema.get("format"))
        code, message = "PM102", f"{shown} cannot be read."
        fix = f"Write {_FORMATS.get(form, f'a {form}')}."
    elif keyword == "maxItems":
        message = f"`{name}` has {len(value):,} values; only the first {error.validator_value} "
        message, fix = f"{message}are read.", "Remove the others, or move them to the text."
    elif keyword == "pattern":
        message = f"{shown} has the wrong format."
        examples = schema.get("examples", [])
        fix = f"Write it like `{examples[0]}`: " if examples else ""
        fix += schema.get("description") or f"It must match `{error.validator_value}`."
    elif keyword in ("minLength", "minItems"):
        code, message = "PM102", f"`{name}` is empty."
        fix = "Write a value, or delete the key."
    return Explanation(code, subject, message, fix)


def _wanted_types(error: ValidationError) -> str:
    if error.validator == "type":
        names: Any = error.validator_value
        wanted = [names] if isinstance(names, str) else list(names)
        return " or ".join(_TYPES.get(str(item), str(item)) for item in wanted)
    examples = error.schema.get("examples", []) if isinstance(error.schema, dict) else []
    return f"something like `{examples[0]}`" if examples else "a form that the schema allows"


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
