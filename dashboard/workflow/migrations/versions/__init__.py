"""How the database became what it is, a step a file."""
