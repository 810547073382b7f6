"""All records of a site: their order, their references, their sums and figures."""

from mkdocs_postmortem.catalog.catalog import Catalog, Totals, totals
from mkdocs_postmortem.catalog.figures import Figures, Spread, figures, spread
from mkdocs_postmortem.catalog.site import Site, read_site

__all__ = [
    "Catalog",
    "Figures",
    "Site",
    "Spread",
    "Totals",
    "figures",
    "read_site",
    "spread",
    "totals",
]
