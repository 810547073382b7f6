"""All records of a site: their order, their references, repeats, groups, sums and figures."""
