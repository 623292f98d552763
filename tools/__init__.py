"""Measures the program and breaks it, on purpose and in the open; each is started by a target of the Makefile.

What starts servers and talks to them is shared with the tests: tools import it from `tests/`, and a test that plays a
part of a tool imports that from here.
"""
