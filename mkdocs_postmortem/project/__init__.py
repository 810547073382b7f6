"""The site around a file: its configuration and its docs folder, read without its host."""
