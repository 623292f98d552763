"""How fast it is, against the stock way and the bare loop, in one run on one machine. `python -m tools.bench`."""
