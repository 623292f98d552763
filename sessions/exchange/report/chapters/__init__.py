"""The chapters of a report: facts go in, blocks come out, in the language that is active."""
