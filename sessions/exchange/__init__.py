"""Files of a session, one module per file. `files.py` says which there are and who gets them."""
