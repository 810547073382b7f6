"""Nothing in the package can print what it was given without escaping it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

PACKAGE = Path(__file__).resolve().parents[2] / "mkdocs_postmortem"
TEMPLATES = sorted(PACKAGE.rglob("*.html"))
# Where text becomes markup, and what each of them has escaped before; everything else is escaped.
MARKUP = {
    "rendering/lists.py": 1,  # a mark of our own
    # Code is escaped before its quotations; an icon's paths and view box by `format`.
    "rendering/templates.py": 4,
    "rendering/messages.py": 2,  # words and values are escaped, the pattern is CLDR's
}
UNSAFE_FILTERS = {"safe", "forceescape", "xmlattr", "urlize", "striptags", "tojson"}
UNSAFE_SCRIPT = re.compile(
    r"outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|createContextual"
)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_turns_escaping_off(file: Path) -> None:
    tree = Environment(autoescape=True, extensions=["jinja2.ext.do"]).parse(
        file.read_text(encoding="utf-8")
    )

    used = {item.name for item in tree.find_all(nodes.Filter)}
    assert not used & UNSAFE_FILTERS
    assert not list(tree.find_all(nodes.MarkSafe))
    assert not list(tree.find_all(nodes.MarkSafeIfAutoescape))
    assert not list(tree.find_all(nodes.ScopedEvalContextModifier))  # {% autoescape false %}
    assert not list(tree.find_all(nodes.EvalContextModifier))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_every_attribute_of_a_template_is_quoted(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert not re.findall(r"=\{\{", text)
    assert not re.findall(r"<(?:script|style|iframe|object|embed|base|form)\b", text)
    assert not re.findall(r"""\s(?:on\w+|style|srcdoc)\s*=\s*["']""", text)


def test_text_becomes_markup_in_known_places_only() -> None:
    found: dict[str, int] = {}
    for file in PACKAGE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = [getattr(call.func, "id", getattr(call.func, "attr", "")) for call in calls]
        count = sum(name == "Markup" for name in names)
        if count:
            found[str(file.relative_to(PACKAGE).as_posix())] = count
        assert not any(
            keyword.arg == "autoescape"
            and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is True)
            for call in calls
            for keyword in call.keywords
        ), file
        environments = [name for name in names if name in ("Environment", "Template")]
        assert not environments or file.name == "templates.py", file

    assert found == MARKUP


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.js")), ids=lambda file: file.name)
def test_scripts_make_no_code_of_text(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert not UNSAFE_SCRIPT.findall(text)
    # One place, whose markup the templates have made; see rendering/lists.py.
    assert text.count("innerHTML") == (1 if file.name == "lists.js" else 0)
