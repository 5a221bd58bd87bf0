"""Reads a release and tells what it means. Knows no received files."""
