"""Rows → arrays: the SQL of figures. Nothing is decided here, and what is told of an array the publication says."""
