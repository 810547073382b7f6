"""Record → problems: the schemas, the rules, and the levels that a team gives them.

Nothing is imported here, so that `rules` and `schema` start without the readers.
"""
