"""The version of this program. Every release says which one made it."""

from typing import Final

VERSION: Final = "0.1.0"
