"""Reports to print: an executive report, scorecards, notices. Python says what stands there, typst how it looks."""
