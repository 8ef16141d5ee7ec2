"""Which contents of a workspace were found whole before, so that an unchanged one is not checked anew at every start; it checks nothing itself.

What was found is a hash of everything that the checks look at: the files that were read, the folders of tools, evaluations and prompts, the files that stand
beside documents, and the program. One changed byte is another content, and is checked.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from assistant.workspace.model import LEVEL_FOLDERS, Workspace

FILE = "whole.txt"
# several workspaces may share a folder of what is computed
KEPT = 16
_PROGRAM = Path(__file__).parents[1]


def content_of(workspace: Workspace) -> str:
    """A name for all that decides what the checks find. Raises OSError."""
    found = hashlib.sha256(f"{workspace.hash}\n{sys.version}\n{program()}\n".encode())
    for folder in ("tools", "evals", "prompts"):
        for path in sorted((workspace.root / folder).glob("**/*")):
            if path.is_file() and "__pycache__" not in path.parts:
                data = path.read_bytes()
                found.update(f"{path.relative_to(workspace.root).as_posix()}\n{len(data)}\n".encode("utf-8", "surrogateescape"))
                found.update(data)
    for line in _beside(workspace.root):
        found.update(line.encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _beside(root: Path) -> Iterator[str]:
    for folder in LEVEL_FOLDERS:
        for path in sorted((root / "corpus" / folder).glob("*")):
            if path.suffix != ".md":
                about = path.stat()
                yield f"{folder}/{path.name}\n{about.st_size}\n{about.st_mtime_ns}\n"


@lru_cache(maxsize=1)
def program() -> str:
    """A name for the program's files as they lie there."""
    found = hashlib.sha256()
    for folder, folders, names in os.walk(_PROGRAM):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(names):
            about = (Path(folder) / name).stat()
            found.update(f"{folder}/{name}\n{about.st_size}\n{about.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def holds(cache: Path, content: str) -> bool:
    """Whether this content was found whole."""
    return content in _listed(cache)


def keep(cache: Path, content: str) -> None:
    """Remembers that this content was found whole; a folder that cannot be written is left alone, because this is only a cache."""
    partial = cache / f"{FILE}.{os.getpid()}"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        partial.write_text("\n".join([*[each for each in _listed(cache) if each != content][1 - KEPT :], content]) + "\n", encoding="ascii")
        os.replace(partial, cache / FILE)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _listed(cache: Path) -> list[str]:
    try:
        return (cache / FILE).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return []
