"""Slack: the messages of an exported channel, as candidates for the timeline.

A channel is a folder with a file for each day. Messages are what people say while they search, so
none becomes an entry by itself.
"""

from mkdocs_postmortem.importing import markup
from mkdocs_postmortem.importing.source import Events, Shape, Source

SLACK = Source(
    "slack",
    "Slack",
    (
        Shape(
            frozenset({"type", "ts", "text"}),
            where="type == 'message'",
            is_channel=True,
            events=(
                Events(
                    "[@][?!subtype || subtype == 'bot_message' || subtype == 'me_message'"
                    " || subtype == 'thread_broadcast' || subtype == 'file_share']",
                    at="ts",
                    text="text",
                    person="[user_profile.real_name, user]",
                    reactions="reactions[].name",
                    to_markdown=markup.mrkdwn,
                    is_candidate=True,
                ),
            ),
        ),
        # The lists of users and channels in the same archive say nothing of an incident.
        Shape(frozenset({"id", "profile"})),
        Shape(frozenset({"created", "members"})),
    ),
)
