"""Text → record or findings: front matter, sections, times, timeline, tasks.

Nothing here decides how bad something is; readers report what they found at its place.
"""
