"""ZIP containers read with care: bombs, lies about sizes, encryption and damage are found before or while unpacking. It writes no file."""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError, fromstring

from assistant.knowledge.load.model import MB, UnreadableDocument, Work, raise_it, size_text

_RATIO_FROM = 10 * MB
_CHUNK = 1 << 20
DAMAGED = "is damaged or was cut off; get the file again from where it came"


def open_zip(data: bytes, work: Work) -> zipfile.ZipFile:
    """The archive, after a look at what its members say of themselves. Raises UnreadableDocument (damaged, bomb)."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, OverflowError) as error:
        raise UnreadableDocument(DAMAGED, code="damaged") from error
    members = packed.infolist()
    if len(members) > work.limits.members:
        raise UnreadableDocument(f"holds {len(members):,} files, more than {work.limits.members:,}; split it or {raise_it('members')}", code="bomb")
    total = sum(member.file_size for member in members)
    if total > work.limits.unpacked_bytes:
        raise UnreadableDocument(
            f"unpacks to {size_text(total)}, more than {size_text(work.limits.unpacked_bytes)}; send its files one by one or {raise_it('unpacked_bytes')}",
            code="bomb",
        )
    if total > _RATIO_FROM and total > work.limits.ratio * max(1, len(data)):
        raise UnreadableDocument(
            f"unpacks to {total // max(1, len(data)):,} times its size; such a file is not opened; if it is what it should be, {raise_it('ratio')}", code="bomb"
        )
    return packed


def unpack(packed: zipfile.ZipFile, member: zipfile.ZipInfo | str, work: Work) -> bytes:
    """The bytes of one member, counted while they come. Raises UnreadableDocument (password, damaged, bomb, unsupported); KeyError when there is no such."""
    info = packed.getinfo(member) if isinstance(member, str) else member
    if info.flag_bits & 1:
        raise UnreadableDocument("is protected by a password; save it without one", code="password")
    parts: list[bytes] = []
    size = 0
    try:
        with packed.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                work.unpack(len(chunk))
                work.check("unpacking")
                size += len(chunk)
                if size > _RATIO_FROM and size > work.limits.ratio * max(1, info.compress_size):
                    raise UnreadableDocument(
                        f"holds a member that unpacks to more than {work.limits.ratio} times its size; if it is what it should be, {raise_it('ratio')}",
                        code="bomb",
                    )
                parts.append(chunk)
    except UnreadableDocument:
        raise
    except NotImplementedError as error:
        raise UnreadableDocument("is packed in a way that is not supported; pack it anew as an ordinary ZIP", code="unsupported") from error
    except Exception as error:  # zlib, lzma, bz2 and struct each raise their own
        raise UnreadableDocument(DAMAGED, code="damaged") from error
    return b"".join(parts)


def xml(packed: zipfile.ZipFile, member: str, work: Work) -> Element | None:
    """A member as an element tree; None when there is no such member. A document type is refused: office files have none."""
    if member not in packed.NameToInfo:
        return None
    return parse(unpack(packed, member, work))


def parse(data: bytes) -> Element:
    """An element tree of XML bytes. Raises UnreadableDocument(damaged)."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise UnreadableDocument("declares entities in its XML, which office programs never do; it is not opened", code="damaged")
    try:
        return fromstring(data)
    except (ParseError, ValueError, RecursionError) as error:
        raise UnreadableDocument(DAMAGED, code="damaged") from error
