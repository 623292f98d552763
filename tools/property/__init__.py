"""Random scenarios against a model, for longer than tests/protocol does. `python -m tools.property`."""
