"""The days on which tasks were added, ticked and dropped, from the history of their pages.

``git`` runs the program, ``checkboxes`` follows the boxes through what it prints.
Where there is no history, or not all of it, there is no result; a build never fails because of it.
"""

from mkdocs_postmortem.history.checkboxes import (
    CheckboxHistory,
)
from mkdocs_postmortem.history.git import GitHistory
