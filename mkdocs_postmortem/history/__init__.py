"""The days on which tasks came, were ticked and were dropped, from the history of their pages.

``git`` runs the program, ``checkboxes`` follows the boxes through what it prints.
Where there is no history, or not all of it, nothing is said; a build never fails for it.
"""

from mkdocs_postmortem.history.checkboxes import (
    CheckboxHistory,
)
from mkdocs_postmortem.history.git import GitHistory
