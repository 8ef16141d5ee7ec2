"""Who owns the index of a state folder: a lock file that the system frees when its holder dies; it protects no data in SQL."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

NAME = "index.lock"


@dataclass(slots=True)
class Ownership:
    """Held until `release` or the end of the process, however it ends."""

    path: Path
    file: IO[str] | None

    def release(self) -> None:
        """Gives the folder back; a second call does nothing. The file stays, so that two takers never lock different files."""
        if self.file is not None:
            self.file.close()
            self.file = None


def acquire(folder: Path) -> Ownership | None:
    """The ownership of `folder`, or None while a living process has it. Raises OSError when the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / NAME).open("a+", encoding="ascii")
    if not _lock(file):
        file.close()
        return None
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
    return Ownership(folder / NAME, file)


def owner(folder: Path) -> int | None:
    """The process that owns `folder`, or None. A file left by a dead process counts for nothing."""
    try:
        file = (folder / NAME).open("r+", encoding="ascii")
    except OSError:
        return None
    with file:
        if _lock(file):
            return None
        text = file.read(20).strip()
    return int(text) if text.isdigit() else 0


def _lock(file: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:
        return _lock_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lock_windows(file: IO[str]) -> bool:
    import msvcrt

    try:
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    finally:
        file.seek(0)
    return True
