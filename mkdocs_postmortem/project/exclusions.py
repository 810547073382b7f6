"""What a configuration keeps out of the site, and why, as MkDocs and Material's blog do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from mkdocs_postmortem.project.configuration import plugins_of
from mkdocs_postmortem.reading.front_matter import read_front_matter
from mkdocs_postmortem.reading.source import split_text

# What MkDocs leaves out unless `exclude_docs` takes it back with a `!`.
_NEVER_BUILT = (".*", "/templates/")
_DEFAULT = GitIgnoreSpec.from_lines(_NEVER_BUILT)


@dataclass(frozen=True, slots=True)
class Exclusions:
    """``excluded`` is what MkDocs never builds, with the option ``exclude_docs``; ``named`` are the
    patterns of an option with its name. ``posts`` are folders of posts of which a blog does not
    publish the drafts.
    """

    excluded: GitIgnoreSpec = field(default_factory=lambda: _DEFAULT)
    named: tuple[tuple[str, GitIgnoreSpec], ...] = ()
    posts: tuple[str, ...] = ()

    def excludes(self, path: str, file: Path) -> bool:
        """Whether a file below the docs folder is not in the site."""
        return self.excluded.match_file(path) or self.reason(path, file) is not None

    def reason(self, path: str, file: Path) -> str | None:
        """Why the options leave a file out; None for others, and for what is never built."""
        if (not self.named and not self.posts) or _DEFAULT.match_file(path):
            return None
        named = (f"`{name}` names it" for name, spec in self.named if spec.match_file(path))
        is_post = any(path.startswith(f"{folder}/") for folder in self.posts)
        return next(named, "it is a draft of the blog" if is_post and _is_draft(file) else None)


def read_exclusions(data: Mapping[str, Any]) -> Exclusions:
    """The exclusions that the values of a configuration file give."""
    patterns = {
        name: value.splitlines()
        for name in ("draft_docs", "exclude_docs")
        if isinstance(value := data.get(name), str)
    }
    return Exclusions(
        GitIgnoreSpec.from_lines([*_NEVER_BUILT, *patterns.get("exclude_docs", ())]),
        tuple((name, GitIgnoreSpec.from_lines(lines)) for name, lines in patterns.items()),
        tuple(_post_folders(data)),
    )


def _post_folders(data: Mapping[str, Any]) -> Iterator[str]:
    for name, options in plugins_of(data):
        known = options if isinstance(options, dict) else {}
        if name.rpartition("/")[2] == "blog" and known.get("draft") is not True:
            blog = str(known.get("blog_dir", "blog")).strip("./")
            folder = str(known.get("post_dir", "{blog}/posts")).replace("{blog}", blog)
            yield folder.strip("/")


def _is_draft(file: Path) -> bool:
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return False
    return read_front_matter(split_text(text)).data.get("draft") is True
