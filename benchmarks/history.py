"""What the history of tasks costs: a repository of many pages and commits, built with and without.

    python benchmarks/history.py [--pages 1000] [--commits 2000] [--rounds 5]

Prints the seconds of each part and their ratio to reading the same pages without it, the least of
the rounds each.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from pages import write_pages

from mkdocs_postmortem.catalog import no_history, read_site
from mkdocs_postmortem.checking import Judge, load_schemas
from mkdocs_postmortem.history import GitHistory
from mkdocs_postmortem.model.settings import Settings
