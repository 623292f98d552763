"""Stored things in words, in the language of the reader: for pages, and for files that are read by people."""
