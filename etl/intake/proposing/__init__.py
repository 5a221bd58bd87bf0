"""What a file that nobody has described most likely is: its layout, the meaning of its columns, its entry."""
