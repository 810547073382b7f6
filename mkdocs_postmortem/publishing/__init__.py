"""Catalog and problems → files and reports; files are written completely or not at all."""
