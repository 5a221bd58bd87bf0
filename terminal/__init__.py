"""How the terminal's door speaks: its language, its lines, and what it says of what was found."""
