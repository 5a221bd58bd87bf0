"""비교: departments side by side."""

from dashboard.shell import open_page

open_page("compare")
