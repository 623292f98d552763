"""Measures the program and breaks it, on purpose and in the open. Each is started by a target of the Makefile, but for
`recount.py`: it counts a session again from its exported files, and runs by itself wherever there is Python.

What starts servers and talks to them is shared with the tests: tools import it from `tests/`, and a test that plays a
part of a tool imports that from here.
"""
