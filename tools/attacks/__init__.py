"""Attacks on a server of our own, over loopback, each bounded, while a room of 40 people votes: `make attacks`."""
