"""One run of the part that is compared with another commit: join, fan-out, burst and return, on SQLite. Prints JSON.

Read and run by the Python of either tree with that tree as its working directory, so it may import only what both have.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from tools.bench.__main__ import Run
from tools.bench.results import Results


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="cocreation-bench-"))
    try:
        results = Results(target=folder / "bench.json", folder=folder)
        results.measure("sqlite", lambda generator: Run(folder / "sqlite").measure(generator))
        print(json.dumps(results.found))
        return 1 if results.found["broken"] else 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
