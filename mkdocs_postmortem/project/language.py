"""The language of a site that is read without its host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mkdocs_postmortem.model.language import language_fault, site_language
from mkdocs_postmortem.project.configuration import ProjectError

if TYPE_CHECKING:
    from mkdocs_postmortem.project.project import Project
    from mkdocs_postmortem.rendering import Templates, Vocabulary


def site_words(project: Project) -> Vocabulary:
    """The words of the site's pages; ProjectError if the option or a catalog is wrong."""
    return site_templates(project).words


def site_templates(project: Project) -> Templates:
    """The templates in the language of the site's pages; ProjectError as for ``site_words``."""
    # Commands that make no pages start without templates and locales.
    from mkdocs_postmortem.rendering import TranslationError, load_templates, own_languages

    folders = project.custom_dirs
    own = own_languages(folders)
    wanted = project.settings.language
    check_language(project)
    try:
        language = site_language(wanted, [_theme_language(project.values)], own)
        return load_templates(language, folders)
    except TranslationError as error:
        raise ProjectError(str(error)) from error


def check_language(project: Project) -> None:
    """ProjectError if there are no words for the option ``language``."""
    wanted = project.settings.language
    if not wanted or not language_fault(wanted):
        return
    from mkdocs_postmortem.rendering import own_languages

    error = language_fault(wanted, own_languages(project.custom_dirs))
    if error:
        raise ProjectError(f"{project.config}, plugin postmortem: {error}")


def _theme_language(values: Mapping[str, Any]) -> str:
    """What the theme is set to: Material has ``language``, MkDocs' own themes have ``locale``."""
    theme = values.get("theme")
    stated = (theme.get("language") or theme.get("locale")) if isinstance(theme, dict) else None
    return stated if isinstance(stated, str) else "en"
