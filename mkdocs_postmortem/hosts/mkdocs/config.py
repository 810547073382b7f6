"""What the site's configuration says: its root, its language and its templates."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from mkdocs_postmortem.hosts.mkdocs.plugin_compat import built_language
from mkdocs_postmortem.model.language import language_fault, site_language
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.rendering.templates import Templates, load_templates
from mkdocs_postmortem.rendering.translations import TranslationError, own_languages

log = get_plugin_logger(__name__)


def root_of(config: MkDocsConfig) -> Path:
    """The folder of the configuration."""
    return Path(config.config_file_path or "mkdocs.yml").parent


def custom_dirs(config: MkDocsConfig) -> tuple[Path, ...]:
    """The theme's folder of the site's own, if it has anything for us."""
    custom = config.theme.custom_dir
    return (Path(custom),) if custom and (Path(custom) / "postmortem").is_dir() else ()


def read_templates(config: MkDocsConfig, settings: Settings) -> Templates:
    """The templates in the language of the site's pages; PluginError if the option or a catalog is
    wrong.
    """
    folders = custom_dirs(config)
    own = own_languages(folders)
    if settings.language and (fault := language_fault(settings.language, own)):
        raise PluginError(f"mkdocs.yml, plugin postmortem: {fault}")
    stated = theme_language(config)
    language = site_language(settings.language, [stated], own)
    if language == "en" and not settings.language and language_fault(stated, own):
        log.info(
            f"There are no labels for the theme's language `{stated}`: box, timeline and lists are "
            "in English. The option `language` chooses another one."
        )
    try:
        return load_templates(language, folders)
    except TranslationError as fault:
        raise PluginError(str(fault)) from fault


def theme_language(config: MkDocsConfig) -> str:
    """What the theme is set to: Material has ``language``, MkDocs' own themes have ``locale``."""
    if building := built_language(config):
        return building
    return str(config.theme.get("language") or config.theme.locale or "en")
