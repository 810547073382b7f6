"""The days on which tasks came, were ticked and were dropped, from the history of their pages.

``git`` runs the program, ``commits`` reads what it prints, ``boxes`` follows the boxes through it.
Where there is no history, or not all of it, nothing is said; a build never fails for it.
"""

from mkdocs_postmortem.history.checkboxes import CheckboxHistory, days_of
from mkdocs_postmortem.history.commits import Change, Commit, read_commits
from mkdocs_postmortem.history.git import GitHistory
