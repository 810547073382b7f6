"""Where the core meets a host: the MkDocs plugin and the Python-Markdown extension."""
