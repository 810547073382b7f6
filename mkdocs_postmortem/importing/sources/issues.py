"""Issues of GitHub (REST and ``gh issue view --json``) and GitLab, with their comments.

An issue is opened and closed by its own clock, so both times are guesses. A label such as
``service::checkout`` or ``service: checkout`` names a service.
"""

from mkdocs_postmortem.importing.source import Events, Prose, Shape, Source


def _labels(names: str) -> str:
    """The first label that names a severity (``sev2``, ``severity::2``, ``P2``)."""
    prefixes = ("sev", "Sev", "SEV", "P0", "P1", "P2", "P3", "P4", "P5")
    return " || ".join(f"({names} | [?starts_with(@, '{prefix}')] | [0])" for prefix in prefixes)


GITHUB = Source(
    "github",
    "GitHub",
    (
        Shape(
            frozenset({"number", "title", "body"}),
            where="!pull_request && (html_url || url)",
            # The address in the API, which a comment names as well; that of the page for `gh`.
            id="url",
            name="number",
            title="title",
            url="html_url || url",
            severity=_labels("labels[].name"),
            labels="labels[].name",
            guesses={
                "started": "created_at || createdAt",
                "resolved": "closed_at || closedAt",
            },
            events=(
                Events(
                    "comments[]",
                    at="createdAt || created_at",
                    text="body",
                    person="author.login || user.login",
                ),
            ),
            texts=(Prose("document", "body"),),
        ),
        Shape(
            frozenset({"issue_url", "body", "created_at"}),
            id="issue_url",
            events=(
                Events(
                    "@",
                    at="created_at",
                    text="body",
                    type="user.type",
                    noise=frozenset({"Bot"}),
                    person="user.login",
                ),
            ),
        ),
        Shape(
            frozenset({"event", "actor", "created_at"}),
            id="issue.url",
            events=(
                Events(
                    "[@][?event == 'closed' || event == 'reopened']",
                    at="created_at",
                    text="event",
                    template="Issue {}",
                    person="actor.login",
                ),
            ),
        ),
    ),
)

GITLAB = Source(
    "gitlab",
    "GitLab",
    (
        Shape(
            frozenset({"iid", "title", "web_url"}),
            where="!source_branch",
            id="id",
            name="iid",
            title="title",
            url="web_url",
            severity=f"{_labels('labels[]')} || {_labels('labels[].name')} || severity",
            labels="labels[].[@, name]",
            private="confidential",
            guesses={"started": "created_at", "resolved": "closed_at"},
            texts=(Prose("document", "description"),),
        ),
        Shape(
            frozenset({"noteable_id", "body", "created_at"}),
            where="noteable_type == 'Issue'",
            id="noteable_id",
            events=(
                Events(
                    "@",
                    at="created_at",
                    text="body",
                    type="system && 'system'",
                    noise=frozenset({"system"}),
                    person="author.username",
                ),
            ),
        ),
    ),
)
