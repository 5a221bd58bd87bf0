"""Documents for Hangul (HWPX): reports and scorecards with real headings, tables and styles that can be edited."""
