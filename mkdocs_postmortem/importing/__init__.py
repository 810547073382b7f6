"""Exports of incident tools → drafts: files are read, records found, pages written.

A new tool is one file in ``sources``: which JSON objects are its own, and which fields say what.
"""
