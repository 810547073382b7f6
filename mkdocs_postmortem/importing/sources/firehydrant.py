"""FireHydrant: incidents with milestones and tickets, events, retrospectives as Markdown.

Fields by firehydrant-go-sdk (``models/components``); what an event's ``data`` holds is not
described there.
"""

from mkdocs_postmortem.importing.source import Actions, Events, Prose, Shape, Source


def _milestone(name: str) -> str:
    """When a milestone was reached, by the phases of the lifecycle or the older list."""
    return (
        f"(lifecycle_phases[].milestones[] | [?slug == '{name}'].occurred_at | [0])"
        f" || (milestones[?type == '{name}'].occurred_at | [0])"
    )


FIREHYDRANT = Source(
    "firehydrant",
    "FireHydrant",
    (
        Shape(
            frozenset({"current_milestone", "started_at"}),
            id="id",
            name="number",
            title="name",
            url="incident_url",
            severity="severity || priority",
            services="services[].name",
            test="discarded_at",
            created="created_at",
            times={
                "started": f"started_at || {_milestone('started')}",
                "detected": _milestone("detected"),
                "acknowledged": _milestone("acknowledged"),
                "mitigated": _milestone("mitigated"),
                "resolved": _milestone("resolved"),
            },
            facts={"users_affected": "customers_impacted"},
            guesses={"started": "created_at"},
            actions=(
                Actions(
                    "incident_tickets[?type != 'incident']",
                    text="summary",
                    owner="[assignees[0].email, assignees[0].name]",
                    due="due_at",
                    url="link.href_url",
                    state="state",
                    done=("done",),
                    dropped=("cancelled",),
                ),
            ),
            others=("role_assignments[].[incident_role.name, user.name]",),
            texts=(
                Prose("summary", "summary || description"),
                Prose("impact", "customer_impact_summary"),
            ),
        ),
        Shape(
            frozenset({"incident_id", "occurred_at", "type", "data"}),
            id="incident_id",
            events=(
                Events(
                    "[@][?contains(type, 'chat')]",
                    at="occurred_at",
                    text="data.body || data.message || data.text || data.value",
                    person="author.name",
                    is_candidate=True,
                ),
                Events(
                    "[@][?!contains(type, 'chat')]",
                    at="occurred_at",
                    text="data.body || data.message || data.summary || data.name",
                    person="author.name",
                ),
            ),
        ),
        Shape(frozenset({"markdown"}), texts=(Prose("document", "markdown"),)),
    ),
)
