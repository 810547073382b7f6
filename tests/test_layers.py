"""The layers of the house, held by walking the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "mkdocs_postmortem"

# From the bottom up: each may import itself and what stands before it.
LAYERS = [
    "model",
    "reading",
    "history",
    "checking",
    "catalog",
    "rendering",
    "publishing",
    "adopting",
    "importing",
    "project",
]
HOSTS = ("hosts", "cli")
# Who may import what from outside, beside the standard library.
FOREIGN = {
    "model": set(),
    "reading": {"yaml", "pathspec"},
    "history": set(),
    "checking": {"jsonschema", "jsonschema_rs", "referencing", "yaml"},
    "catalog": set(),
    "publishing": {"ahocorasick", "pypdfium2", "feedgenerator", "icalendar", "markdown"},
    "adopting": {"yaml"},
    "project": {"yaml", "yaml_env_tag", "pathspec", "tomli"},
    "importing": {"yaml"},
    "rendering": {"jinja2", "markupsafe", "babel"},
    "hosts/mkdocs": {"mkdocs", "jinja2"},
    "hosts/markdown": {"markdown"},
    "cli": {"click"},
}


def modules() -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    assert found
    return found


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the layer"
            yield node.module or ""


def layer_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE).parts
    is_host = parts[0] == "hosts" and len(parts) > 2
    return "/".join(parts[:2]) if is_host else parts[0].removesuffix(".py")


def standard_library() -> frozenset[str]:
    import sys

    # Python 3.10 has no TOML reader yet; there a package of the same kind is loaded instead.
    return sys.stdlib_module_names | {"tomllib"}


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_down(file: Path) -> None:
    layer = layer_of(file).split("/")[0]
    for name in imported(file):
        if not name.startswith("mkdocs_postmortem."):
            continue
        target = name.split(".")[1]
        if layer in HOSTS:
            other = HOSTS[1 - HOSTS.index(layer)]
            assert target != other, f"{layer} and {target} never import each other"
        elif layer in LAYERS:
            assert target in LAYERS, f"{layer} may not import {target}"
            assert LAYERS.index(target) <= LAYERS.index(layer), f"{layer} may not import {target}"


@pytest.mark.parametrize("file", modules(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_foreign_packages_stay_in_their_layer(file: Path) -> None:
    layer = layer_of(file)
    allowed = FOREIGN.get(layer, set()) | {"mkdocs_postmortem"}
    roots = {name.split(".")[0] for name in imported(file)} - standard_library()

    assert roots <= allowed, f"{file.name} imports {roots - allowed}"


def test_files_and_functions_stay_small() -> None:
    for file in modules():
        text = file.read_text(encoding="utf-8")
        lines = text.count("\n")
        assert lines <= 350, f"{file.name} has {lines} lines, of 350; which noun is missing?"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= 50, f"{file.name}: {node.name} has {length} lines"


def test_every_folder_says_what_lives_there() -> None:
    for init in PACKAGE.rglob("__init__.py"):
        tree = ast.parse(init.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{init} has no paragraph"
