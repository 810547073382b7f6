"""Record or catalog → HTML fragments, by Jinja with autoescape on.

An element with ``data-markdown`` holds the author's inline Markdown; all other text is plain.
"""
