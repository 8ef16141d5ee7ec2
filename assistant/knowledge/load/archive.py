"""ZIP archives of documents: names decoded and cleaned, members loaded one by one, links and ways out skipped. Nothing is written to disk."""

from __future__ import annotations

import stat
from zipfile import ZipInfo

from assistant.knowledge.load.model import Draft, UnreadableDocument, Work
from assistant.knowledge.load.names import leads_out, member_name
from assistant.knowledge.load.packed import open_zip, unpack

_NOISE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini", ".git/", ".svn/")


def read(data: bytes, draft: Draft, work: Work) -> None:
    """Loads every member as a part. Raises UnreadableDocument for a bomb, a damaged archive, and one of which nothing could be read."""
    packed = open_zip(data, work)
    seen: set[str] = set()
    for info in packed.infolist():
        work.check(f"{len(draft.parts)} members read")
        name = _name(info)
        if info.is_dir() or name.endswith("/"):
            continue
        if any(part in f"/{name.lower()}" for part in (f"/{each}" for each in _NOISE)):
            draft.repairs["ignored_member"] += 1
            continue
        if reason := _refused(info, name, seen):
            draft.find("bad_name" if "path" in reason else "ignored_member", name)
            draft.fail(name.replace("\x00", ""), reason, code="refused")
            continue
        seen.add(name)
        work.member()
        try:
            content = unpack(packed, info, work)
        except UnreadableDocument as error:
            if error.code in ("bomb", "timeout"):
                raise
            draft.fail(name, error.message, code=error.code)
            continue
        work.part(content, name, draft)
    if not draft.parts:
        first = f"; first: {draft.failures[0].where}: {draft.failures[0].reason}" if draft.failures else ""
        raise UnreadableDocument(
            f"is an archive without a document that can be read{first}", code=draft.failures[0].code if len(draft.failures) == 1 else "empty"
        )


def _name(info: ZipInfo) -> str:
    """The member's path as its writer meant it; zipfile has read it as code page 437 unless it was marked UTF-8."""
    marked = bool(info.flag_bits & 0x800)
    raw = info.orig_filename.encode("utf-8" if marked else "cp437", "surrogateescape" if marked else "replace")
    return member_name(raw, utf8=marked).replace("\\", "/")


def _refused(info: ZipInfo, name: str, seen: set[str]) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "is a symbolic link; put the file itself into the archive"
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is no ordinary file; put documents only into the archive"
    if leads_out(name) or "\x00" in name:
        return "has a path that leads out of the archive; pack it anew with relative paths"
    return "is in the archive twice under this path; pack it anew" if name in seen else ""
