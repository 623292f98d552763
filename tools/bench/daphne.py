"""`python -m tools.bench.daphne MODULE PORT`: a bare or a stock application on the daphne that the product uses."""

from __future__ import annotations

import sys
from importlib import import_module

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server

if __name__ == "__main__":
    name, port = sys.argv[1], int(sys.argv[2])
    Server(
        application=import_module(name).application,
        endpoints=[f"{end}:backlog=2048" for end in build_endpoint_description_strings(host="127.0.0.1", port=port)],
        action_logger=None,
        verbosity=0,
        websocket_timeout=-1,
    ).run()
