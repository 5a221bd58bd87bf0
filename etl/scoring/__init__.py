"""From values to points, score, rank and grade under a rulebook. Pure: no files, clock, SQL, environment or float."""
