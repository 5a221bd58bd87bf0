"""Numbers and dates as people read them, on pages as in what leaves the system (`etl.shown`)."""

from etl.shown import MINUS, NOTHING, day, exactly, number, percent, sign, signed

__all__ = ["MINUS", "NOTHING", "day", "exactly", "number", "percent", "sign", "signed"]
