"""Tests mirror the source. This file keeps `tests/sessions` from shadowing the package `sessions`."""
