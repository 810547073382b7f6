"""The command line. One file per command; only these files import click."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from keyword import iskeyword
from typing import Any

import click

from mkdocs_postmortem import __version__

# Each is a command in a module of the same name in this folder (`import_` for `import`).
COMMANDS = (
    "adopt agents check export fetch generate import index init new rules schema similar stats "
    "tasks zensical"
).split()


class Refusal(click.ClickException):
    """A command that was called correctly and cannot do it: exits with 2, without the usage."""

    exit_code = 2


class Commands(click.Group):
    """Imports a command only when it is used, since all of them take half a second to load.

    Exits with 130 at Ctrl-C, as shells expect, and prints one line if the disk is full.
    """

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return COMMANDS

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        if os.environ.get("NO_COLOR"):  # https://no-color.org; click asks the terminal only
            ctx.color = False
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
                stream.reconfigure(errors="backslashreplace")  # names of files may be any bytes
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (KeyboardInterrupt, click.Abort):
            raise SystemExit(130) from None
        except _project_error() as error:
            raise Refusal(str(error)) from error
        except UnicodeEncodeError as error:
            raise Refusal(_odd_name(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click ends quietly there
            _discard_output()
            name = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{name}{error.strerror or error}.") from error
        return result


def _project_error() -> type[Exception]:
    """Looked up only after a failure, to keep the start fast."""
    from mkdocs_postmortem.project.configuration import ProjectError

    return ProjectError


def _odd_name(error: UnicodeEncodeError) -> str:
    """Only names of files and folders have surrogates, for bytes that are not UTF-8."""
    from mkdocs_postmortem.checking.unsafe_text import printable

    around = error.object[max(0, error.start - 60) : error.end + 20]
    return f"A file or folder has a name that is not UTF-8: {printable(around)!r}. Rename it."


def _discard_output() -> None:
    """Keep Python from flushing the rest at its end, where a second failure exits with 120."""
    stdout = sys.__stdout__
    if stdout is not None and sys.stdout is stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mkdocs-postmortem")
def main() -> None:
    """Postmortems as Markdown: write, check, adopt, import, search and export them."""
