"""Foreign Markdown, a new incident or a page with mistakes → a postmortem page.

Every word of the body is kept, every inferred value is listed with the line that it came from, and
what was not found becomes a TODO with the reason.
"""
