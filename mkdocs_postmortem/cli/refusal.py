"""A command that cannot do what it was asked, although it was called correctly."""

from __future__ import annotations

import click


class Refusal(click.ClickException):
    """Exits with 2 like a usage error, without printing the usage."""

    exit_code = 2
