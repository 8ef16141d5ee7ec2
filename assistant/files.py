"""Files customers send, kept by the hash of their content in the state folder; what is in them is not looked at here."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from assistant.errors import InvalidInput, NotFound
from assistant.types import Attachment

_DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_BYTES = 10_000_000
ALLOWED = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/webp": (b"RIFF",),
    "image/gif": (b"GIF8",),
    "application/pdf": (b"%PDF-",),
}
BY_SUFFIX = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".gif": "image/gif", ".pdf": "application/pdf"}


class Files:
    """A folder of files named by their SHA-256. Writing is atomic; the same content is kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes, *, name: str, media_type: str = "", by: str = "") -> Attachment:
        """Stores a file. The type is told by the name when it is not given; `by` is whoever may name it by its hash from now on.

        Raises InvalidInput when it is empty, too big or of another kind.
        """
        kind = media_type or BY_SUFFIX.get(Path(name).suffix.lower(), "")
        if not data:
            raise InvalidInput(f"{name} is empty", code="empty_attachment")
        if len(data) > MOST_BYTES:
            raise InvalidInput(f"{name} has {len(data)} bytes; the limit is {MOST_BYTES}", code="attachment_too_large")
        if kind not in ALLOWED:
            raise InvalidInput(f"{name} is not one of {', '.join(sorted({suffix[1:] for suffix in BY_SUFFIX}))}", code="attachment_type")
        digest = hashlib.sha256(data).hexdigest()
        target = self._folder / digest
        if not target.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            part = self._folder / f"{digest}.{os.getpid()}.part"
            part.write_bytes(data)
            part.replace(target)
        if by:
            self._mark(digest, by).touch()
        return Attachment(digest, Path(name).name, kind, len(data))

    def given_by(self, digest: str, by: str) -> bool:
        """Whether somebody has brought this file: a hash alone opens nothing, nor does it tell that there is such a file."""
        return _DIGEST.fullmatch(digest) is not None and self._mark(digest, by).exists()

    def _mark(self, digest: str, by: str) -> Path:
        return self._folder / f"{digest}.{hashlib.sha256(by.encode()).hexdigest()[:32]}"

    def read(self, digest: str) -> tuple[bytes, str]:
        """The content and its type as its first bytes tell. Raises NotFound."""
        target = self._folder / digest
        if _DIGEST.fullmatch(digest) is None or not target.is_file():
            raise NotFound("no such attachment")
        data = target.read_bytes()
        return data, next((kind for kind, starts in ALLOWED.items() if data.startswith(starts)), "application/octet-stream")
