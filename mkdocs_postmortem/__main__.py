"""``python -m mkdocs_postmortem``."""

from mkdocs_postmortem.cli import main

main(prog_name="mkdocs-postmortem")
