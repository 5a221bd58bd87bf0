"""TOML documents that people write: read, and every fault in them told with its line and key."""
