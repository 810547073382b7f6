"""Foreign Markdown, a new outage or a page with slips → a page of ours.

Every word of the body is kept, every inferred value is listed with the line that it came from, and
what was not found becomes a TODO with the reason.
"""
