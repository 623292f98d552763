"""Faults on purpose, against real servers and real sockets: nothing lost, nothing double, everybody has the same.

`make faults` runs every row of the table and writes build/faults.json. docs/operations.md says what the columns mean.
"""
