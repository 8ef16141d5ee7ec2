"""Regular expressions as an earlier process compiled them, in a cache file, because compiling them is a fourth of every start; it knows no pattern itself.

`begin` and `end` enclose a start: only what is compiled between them is kept, so that no pattern made of a customer's words ever reaches the file. Whatever
does not fit (another Python, damage, a folder that cannot be read or written) counts as no file, and patterns are compiled as ever.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
import zlib
from array import array
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import local
from typing import Any

_MAGIC = b"patterns1"
# rows that no pattern of this process asked for stay, for other commands of the same workspace, until there are more than this
MOST = 6000
# the code of a pattern is made of numbers of this many bytes
_CODE = "I"
Key = tuple[str, int]
# what the compiled form is made of: flags, code, number of groups, their numbers by name, their names by number
Row = tuple[int, bytes, int, dict[str, int], tuple[Any, ...]]


class _Open:
    """One start: what the file held, what was asked of it, what is new, and what stood in the place of our functions."""

    def __init__(self, path: Path, compiler: Any) -> None:
        self.path = path
        self.held = _load(path)
        self.used: set[Key] = set()
        self.fresh: dict[Key, Row] = {}
        self._compiler = compiler
        self._engine = compiler._sre
        self._plain: Callable[..., Any] = compiler.compile
        self._last = local()

    def install(self) -> None:
        self._compiler.compile = self._compile
        self._compiler._sre = self

    def remove(self) -> None:
        self._compiler.compile = self._plain
        self._compiler._sre = self._engine

    def __getattr__(self, name: str) -> Any:
        # the compiler asks its engine for more than compiling
        return getattr(self._engine, name)

    def compile(self, *parts: Any) -> Any:
        """What the compiler calls at its end, with all that makes a pattern."""
        self._last.parts = parts
        return self._engine.compile(*parts)

    def _compile(self, pattern: Any, flags: int = 0) -> Any:
        if type(pattern) is not str or flags & re.DEBUG:
            return self._plain(pattern, flags)
        key = (pattern, int(flags))
        row = self.held.get(key)
        if row is not None and (found := self._made(pattern, row)) is not None:
            self.used.add(key)
            return found
        made = self._plain(pattern, flags)
        _, whole, code, groups, names, numbered = self._last.parts
        self.fresh[key] = (int(whole), array(_CODE, code).tobytes(), groups, dict(names), tuple(numbered))
        return made

    def _made(self, pattern: str, row: Row) -> Any:
        """The pattern of a row; None for one that the engine does not take."""
        try:
            whole, code, groups, names, numbered = row
            return self._engine.compile(pattern, whole, array(_CODE, code).tolist(), groups, names, numbered)
        except (RuntimeError, ValueError, TypeError, OverflowError):
            return None


_open: list[_Open] = []


def begin(folder: Path) -> None:
    """From now on patterns come from the cache file in `folder` where it has them; does nothing on a Python whose insides are others."""
    if _open:
        return
    with suppress(ImportError, AttributeError):
        compiler = import_module("re._compiler")
        if array(_CODE).itemsize == compiler._sre.CODESIZE and callable(compiler.compile):
            one = _Open(folder / f"patterns-py{sys.version_info.major}.{sys.version_info.minor}.bin", compiler)
            one.install()
            _open.append(one)


def begun() -> bool:
    """Whether a start is under way that keeps its patterns."""
    return bool(_open)


def end() -> None:
    """Patterns are compiled as ever again; those that were new are kept in the file. Does nothing when nothing was begun."""
    if not _open:
        return
    one = _open.pop()
    one.remove()
    if one.fresh:
        spare = MOST - len(one.used) - len(one.fresh)
        unused = [key for key in one.held if key not in one.used]
        kept = {key: one.held[key] for key in (*one.used, *(unused if len(unused) <= spare else ()))}
        _save(one.path, {**kept, **one.fresh})


def _stamp() -> str:
    """What the compiled form depends on."""
    return f"{sys.version} {import_module('_sre').MAGIC} {sys.byteorder}"


def _load(path: Path) -> dict[Key, Row]:
    try:
        data = path.read_bytes()
        if data[: len(_MAGIC)] != _MAGIC or zlib.crc32(data[len(_MAGIC) + 4 :]) != int.from_bytes(data[len(_MAGIC) : len(_MAGIC) + 4], "little"):
            return {}
        stamp, rows = marshal.loads(data[len(_MAGIC) + 4 :])
        return dict(rows) if stamp == _stamp() else {}
    except (OSError, ValueError, TypeError, EOFError):
        return {}


def _save(path: Path, rows: dict[Key, Row]) -> None:
    """Writes the file in one step; a folder that cannot be written is left alone, because this is only a cache."""
    try:
        body = marshal.dumps((_stamp(), list(rows.items())))
    except ValueError:
        return
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(_MAGIC + zlib.crc32(body).to_bytes(4, "little") + body)
        os.replace(partial, path)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
