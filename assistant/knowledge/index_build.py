"""The process that fills a generation of the vector index at the lowest priority, so that no turn waits for it; who starts it is in `index`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from assistant.knowledge.index import BATCH, FEED, LOGGED, VECTORS, client_of, fill, make_collections

_NICE = 19
__all__ = ["client_of"]


def _fill_all(generation: Path, parent: int) -> int:
    import numpy as np

    feed = json.loads((generation / FEED).read_text(encoding="utf-8"))
    vectors = np.load(generation / VECTORS, mmap_mode="r")
    client = client_of(generation)
    for name, collection in make_collections(client, feed["stamp"]).items():
        hashes, rows = feed["wanted"][name]
        for start in range(0, len(hashes), BATCH):
            if os.getppid() != parent:
                return 1
            part = slice(start, start + BATCH)
            fill(collection, hashes[part], vectors, rows[part])
        collection.modify(configuration={"hnsw": {"sync_threshold": LOGGED}})
    client.close()
    for name in (FEED, VECTORS):
        (generation / name).unlink()
    return 0


if __name__ == "__main__":
    os.nice(_NICE)
    sys.exit(_fill_all(Path(sys.argv[1]), int(sys.argv[2])))
