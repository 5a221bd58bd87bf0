"""Measurements: ratios taken in one run, never a timed assertion. `python -m bench`."""
