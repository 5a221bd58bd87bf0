"""A release: a folder of text tables, content-named, sealed, verifiable, and never changed."""
