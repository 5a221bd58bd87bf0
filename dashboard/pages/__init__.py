"""One file a page, each composed of frames, charts and words; no SQL and no arithmetic."""
