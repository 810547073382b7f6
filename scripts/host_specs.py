"""The hosts that are tried, and the plugins that stand beside ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MATERIAL = {"name": "material", "font": False}


@dataclass(frozen=True)
class Host:
    """A host: what is installed, its configuration, and how its command is called.

    ``cannot`` names checks that the host cannot pass, with the reason that the table gives. They
    have to fail, or the table is no longer true. ``generates``: its own build knows nothing of
    ours, so that `generate` runs before it.
    """

    name: str
    title: str
    packages: tuple[str, ...]
    versions: tuple[str, ...]
    theme: Any = None
    plugins: tuple[Any, ...] = ("search",)
    command: str = "mkdocs"
    config: dict[str, Any] = field(default_factory=dict)
    config_name: str = "mkdocs.yml"
    search: str = "search/search_index.json"
    cannot: dict[str, str] = field(default_factory=dict)
    is_backstage: bool = False
    generates: bool = False


HOSTS = (
    Host(
        "mkdocs",
        "MkDocs, theme mkdocs",
        ("mkdocs==1.6.1",),
        ("mkdocs",),
        theme="mkdocs",
    ),
    Host(
        "readthedocs",
        "MkDocs, theme readthedocs",
        ("mkdocs==1.6.1",),
        ("mkdocs",),
        theme="readthedocs",
    ),
    Host(
        "material-oldest",
        "MkDocs with Material, oldest",
        ("mkdocs==1.6.0", "mkdocs-material==9.6.0"),
        ("mkdocs", "mkdocs-material"),
        theme=MATERIAL,
    ),
    Host(
        "material",
        "MkDocs with Material, newest",
        ("mkdocs", "mkdocs-material"),
        ("mkdocs", "mkdocs-material"),
        theme=MATERIAL,
        config={"site_url": "https://docs.example.com/sub/"},
    ),
    Host(
        "materialx",
        "MaterialX",
        ("mkdocs-materialx",),
        ("mkdocs", "mkdocs-materialx"),
        theme={"name": "materialx", "font": False},
        search="search/fragment",
    ),
    Host(
        "properdocs",
        "ProperDocs",
        ("properdocs", "properdocs-theme-mkdocs"),
        ("properdocs",),
        theme="mkdocs",
        command="properdocs",
        config_name="properdocs.yml",
    ),
    Host(
        "techdocs",
        "Backstage TechDocs",
        ("mkdocs-techdocs-core",),
        ("mkdocs-techdocs-core", "mkdocs-material"),
        plugins=("techdocs-core",),
        is_backstage=True,
        cannot={"assets": "Backstage's reader drops them"},
    ),
    Host(
        "techdocs-zensical",
        "Backstage TechDocs, proposed engine Zensical",
        ("zensical",),
        ("zensical",),
        command="zensical",
        config={"markdown_extensions": ["tables", "attr_list", "mkdocs_postmortem"]},
        search="search.json",
        is_backstage=True,
        generates=True,
        cannot={"assets": "Backstage's reader drops them"},
    ),
    Host(
        "zensical",
        # 0.1.x needs `zensical-ui`, which pip has not found so far: then it installs an older one.
        "Zensical, the newest that pip can install (0.1.x needs `zensical-ui`)",
        ("zensical",),
        ("zensical",),
        command="zensical",
        config_name="zensical.toml",
        search="search.json",
    ),
)
