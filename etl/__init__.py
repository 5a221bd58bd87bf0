"""What the numbers are: records in, a sealed release out. Knows no screen and no account."""
