"""The site around a file: its configuration and its docs folder, read without its host."""

from mkdocs_postmortem.project.configuration import ProjectError
from mkdocs_postmortem.project.project import Project, find_project, load_project

__all__ = ["Project", "ProjectError", "find_project", "load_project"]
