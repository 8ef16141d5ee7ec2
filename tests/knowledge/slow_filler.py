"""A process that never ends filling a generation of the index, until it is terminated or its parent goes."""

from __future__ import annotations

import os
import sys
import time

if __name__ == "__main__":
    while os.getppid() == int(sys.argv[2]):
        time.sleep(0.05)
