"""Releases as files that leave the system. Reads releases and insight, never received files."""
