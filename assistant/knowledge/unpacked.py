"""The packaged encoder's weights and vocabulary in a cache file as they lie in memory, because unpacking them is a third of a start; it encodes nothing.

The large arrays stay in the file and are read where they are needed. Whatever does not fit (another version, damage, other insides) counts as no file.
"""

from __future__ import annotations

import json
import os
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy.typing as npt

_MAGIC = b"unpacked1"
_ALIGNED = 64
# smaller arrays are touched by every sentence: they are read whole
_MAPPED_BYTES = 8 * 1024 * 1024
_READ_BYTES = 1024 * 1024
# what is another part, fills itself while it is used, or is said by the rest
_LEFT_OUT = {"sp", "_threadpool", "_normalizer", "_repl", "_pieces"}
Slots = dict[str, dict[str, Any]]


def save(path: Path, model: Any) -> None:
    """Writes the file in one step; insides that cannot be kept and folders that cannot be written are left alone, because this is only a cache."""
    kept: list[npt.NDArray[Any]] = []
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        slots = {name: {key: _stored(value, kept) for key, value in vars(part).items() if key not in _LEFT_OUT} for name, part in _parts(model).items()}
        head, pieces = _laid_out(slots, kept)
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.writelines((_MAGIC, _check((head, *pieces)), len(head).to_bytes(8, "little"), head, *pieces))
        os.replace(partial, path)
        for old in path.parent.glob(f"{path.name.split('-')[0]}-*.bin"):
            if old != path:
                old.unlink(missing_ok=True)
    except (OSError, ValueError, TypeError, AttributeError):
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _stored(value: Any, kept: list[npt.NDArray[Any]]) -> list[Any]:
    """A value as JSON, its kind first; what is long becomes an array in `kept`. Raises TypeError for a kind that is not known."""
    import numpy as np

    def keep(data: Any) -> int:
        kept.append(np.ascontiguousarray(data))
        return len(kept) - 1

    match value:
        case bool() | int() | float() | str():
            return ["value", value]
        case bytes():
            return ["bytes", keep(np.frombuffer(value, dtype=np.uint8))]
        case array():
            return ["packed", value.typecode, keep(np.frombuffer(value, dtype=np.dtype(value.typecode)))]
        case np.ndarray():
            return ["array", keep(value)]
        case tuple() | frozenset():
            return [type(value).__name__, keep(np.array(sorted(value) if isinstance(value, frozenset) else value, dtype=np.int64))]
        case dict() if all(isinstance(key, str) and "\0" not in key for key in value):
            return ["table", *_stored("\0".join(value).encode(), kept), keep(np.array(list(value.values()), dtype=np.int64))]
        case list():
            return ["list", [_stored(each, kept) for each in value]]
    raise TypeError(type(value).__name__)


def _laid_out(slots: Slots, kept: Iterable[npt.NDArray[Any]]) -> tuple[bytes, list[bytes]]:
    """The file's head, padded, and what follows it; places count from the end of the head."""
    places, pieces, at = [], [], 0
    for each in kept:
        data = each.tobytes()
        pad = -len(data) % _ALIGNED
        places.append((each.dtype.str, each.shape, at))
        pieces += [data, bytes(pad)]
        at += len(data) + pad
    head = json.dumps([slots, places]).encode()
    start = len(_MAGIC) + 4 + 8
    return head + b" " * (-(start + len(head)) % _ALIGNED), pieces


def load(path: Path, kinds: Callable[[], Mapping[str, Any]]) -> Any:
    """The encoder's model of the file; None when there is no such file or it does not fit. `kinds` gives the classes of the model and its parts."""
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return None
            stated, length = file.read(4), int.from_bytes(file.read(8), "little")
            start = file.tell() + length
            head = file.read(length)
            if _check((head, *_rest(file))) != stated:
                return None
        slots, places = json.loads(head)
        return _model(kinds(), slots, [_mapped(path, dtype, tuple(shape), start + at) for dtype, shape, at in places])
    except (OSError, ValueError, TypeError, LookupError, AttributeError, EOFError, ImportError):
        return None


def _rest(file: Any) -> Iterator[bytes]:
    while data := file.read(_READ_BYTES):
        yield data


def _check(pieces: Iterable[bytes]) -> bytes:
    found = 0
    for piece in pieces:
        found = zlib.crc32(piece, found)
    return found.to_bytes(4, "little")


def _mapped(path: Path, dtype: str, shape: tuple[int, ...], at: int) -> Any:
    import numpy as np

    found = np.memmap(path, dtype=dtype, mode="r", offset=at, shape=shape)
    return np.asarray(found) if found.nbytes >= _MAPPED_BYTES else np.array(found)


def _parts(model: Any) -> Mapping[str, Any]:
    """The objects that hold what was unpacked."""
    return {"backend": model._model, "tokenizer": model._tokenizer, "normalizer": model._tokenizer._normalizer}


def _model(kinds: Mapping[str, Any], slots: Slots, arrays: list[Any]) -> Any:
    def filled(name: str, **more: Any) -> Any:
        made = kinds[name].__new__(kinds[name])
        vars(made).update({key: _value(*stored, arrays=arrays) for key, stored in slots[name].items()}, **more)
        return made

    tokenizer = filled("tokenizer", _normalizer=filled("normalizer", _repl={}))
    pieces = [""] * len(tokenizer._scores)
    for piece, number in tokenizer._prefixes.items():
        if number:
            pieces[number - 1] = piece
    tokenizer._pieces = pieces
    model = kinds["model"](threads=1)
    # without its own limit on threads: the process has one already, and setting it anew for every sentence takes longer than a layer
    model._sp, model._backend = tokenizer, filled("backend", sp=tokenizer, _threadpool=None)
    return model


def _value(kind: str, *stored: Any, arrays: list[Any]) -> Any:
    match kind, stored:
        case "value", (value,):
            return value
        case "bytes", (at,):
            return arrays[at].tobytes()
        case "packed", (typecode, at):
            return array(typecode, arrays[at].tobytes())
        case "array", (at,):
            return arrays[at]
        case "tuple", (at,):
            return tuple(arrays[at].tolist())
        case "frozenset", (at,):
            return frozenset(arrays[at].tolist())
        case "table", (_, words, numbers):
            return dict(zip(_words(arrays[words]), arrays[numbers].tolist(), strict=True))
        case "list", (items,):
            return [_value(*each, arrays=arrays) for each in items]
    raise ValueError(kind)


def _words(data: npt.NDArray[Any]) -> list[str]:
    text: str = data.tobytes().decode()
    return text.split("\0")
