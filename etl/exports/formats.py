"""The kinds of file a release can leave as."""

from typing import Literal

Format = Literal["xlsx", "csv", "parquet", "package"]
