"""Text → record or findings."""
