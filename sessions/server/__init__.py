"""The production server: daphne, set and bounded as the program needs it.

What it relies on of daphne, autobahn and twisted beyond what they promise is listed in vendor_internals.py.
"""
