"""Records → where the marks of a plot stand, one plot a file.

Plots are SVG without a view box: shapes are placed in percent of the width, so that they follow the
page, while text keeps its size; heights are pixels.
"""

from mkdocs_postmortem.rendering.plots.dots import DotPlot, dot_plot
from mkdocs_postmortem.rendering.plots.months import MonthPlot, month_plot
from mkdocs_postmortem.rendering.plots.quarters import QuarterPlot, quarter_plot
from mkdocs_postmortem.rendering.plots.shares import SharePlot, share_plot
from mkdocs_postmortem.rendering.plots.tasks import TaskPlot, task_plot
