"""Received files in, staged records and rejects out."""
