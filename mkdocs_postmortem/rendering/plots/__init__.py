"""Records → where the marks of a plot stand, for its template.

Plots are SVG without a view box: shapes are placed in percent of the width, so that they follow the
page, while text keeps its size; heights are pixels.
"""

from mkdocs_postmortem.rendering.plots.bars import month_plot, share_plot, task_plot
from mkdocs_postmortem.rendering.plots.dots import dot_plot
from mkdocs_postmortem.rendering.plots.quarters import quarter_plot
