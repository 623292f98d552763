"""Live co-creation sessions of the four O's. The floors are described in docs/architecture.md."""

import os

# Read by numpy when it is imported: its linear algebra takes one core, the other belongs to the sockets.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
