"""All records of a site: their order, their references, their sums."""

from mkdocs_postmortem.catalog.catalog import Catalog, Totals, totals
from mkdocs_postmortem.catalog.site import Site, read_site

__all__ = ["Catalog", "Site", "Totals", "read_site", "totals"]
