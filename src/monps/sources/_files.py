"""Payloads from files, folders and archives; one that cannot be read says so, and the next is read."""

import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO

from monps.errors import UsageError
from monps.ports.source import Payload

_LARGEST = 256 * 2**20
_LONGEST_REASON = 120
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_TAR, _TAR_AT = b"ustar", slice(257, 262)
# What damaged, locked or exotic archives raise; zipfile answers a password with a RuntimeError, an
# unknown compression with a NotImplementedError and an impossible offset with a ValueError.
_FAULTS = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    tarfile.TarError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


def open_payloads(path: Path, *suffixes: str) -> Iterator[Payload]:
    """Open every file below a path whose name ends in a suffix, plain, gzipped or inside a zip archive.

    Parameters
    ----------
    path : Path
        A file, which is read whatever its name, or a folder, which is searched with its subfolders.
    *suffixes : str
        In lower case, such as ``".csv"``.

    Yields
    ------
    Payload
        Unpacked, in the order of the names; with a ``fault`` where one cannot be read.

    Raises
    ------
    UsageError
        If there is nothing at the path.
    """
    if not path.exists():
        raise UsageError(f"there is no file or folder {path}")
    if not path.is_dir():
        # Its folder says which season it is: without it, the files of all seasons would share a name.
        yield from unpack(_read(path, f"{path.absolute().parent.name}/{path.name}"), *suffixes)
        return
    for file in sorted(
        found for found in path.rglob("*") if _wanted(found.name, suffixes) and found.is_file()
    ):
        yield from unpack(_read(file, file.relative_to(path).as_posix()), *suffixes)


def unpack(payload: Payload, *suffixes: str) -> Iterator[Payload]:
    """Open a payload that may be an archive: yield itself, or what is packed in it.

    Parameters
    ----------
    payload : Payload
        Plain, gzipped, or a zip archive, as its first bytes tell.
    *suffixes : str
        Which files of a zip archive are wanted.
    """
    try:
        if payload.content.startswith(_ZIP):
            yield from _members(payload, suffixes)
        elif payload.content.startswith(_GZIP):
            yield from _plain_or_tar(payload._replace(content=_gunzip(payload.content)), suffixes)
        else:
            yield payload
    except _FAULTS as error:
        yield _faulty(payload.name, error)


def _wanted(name: str, suffixes: Sequence[str]) -> bool:
    # Names with a leading dot are an operating system's own.
    endings = (*suffixes, *(f"{suffix}.gz" for suffix in suffixes), ".zip", ".tar.gz")
    return name.lower().endswith(endings) and not name.startswith(".")


def _read(file: Path, name: str) -> Payload:
    try:
        with file.open("rb") as stream:
            return Payload(name, _bounded(stream))
    except _FAULTS as error:
        return _faulty(name, error)


def _members(payload: Payload, suffixes: Sequence[str]) -> Iterator[Payload]:
    with zipfile.ZipFile(BytesIO(payload.content)) as archive:
        found = [member for member in archive.infolist() if _wanted(Path(member.filename).name, suffixes)]
        for member in sorted(found, key=lambda member: member.filename):
            yield _member(payload, archive, member)
    if not found:
        yield payload._replace(content=b"", fault=f"there is no {' or '.join(suffixes)} file in this archive")


def _plain_or_tar(payload: Payload, suffixes: Sequence[str]) -> Iterator[Payload]:
    if payload.content[_TAR_AT] != _TAR:
        yield payload
        return
    with tarfile.open(fileobj=BytesIO(payload.content)) as archive:
        found = [
            member for member in archive if member.isfile() and _wanted(Path(member.name).name, suffixes)
        ]
        for member in sorted(found, key=lambda member: member.name):
            stream = archive.extractfile(member)
            content = b"" if stream is None else _bounded(stream)
            yield payload._replace(name=f"{payload.name}/{member.name}", content=content)
    if not found:
        yield payload._replace(content=b"", fault=f"there is no {' or '.join(suffixes)} file in this archive")


def _member(payload: Payload, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Payload:
    name = f"{payload.name}/{member.filename}"
    try:
        with archive.open(member) as stream:
            content = _bounded(stream)
        return payload._replace(name=name, content=_gunzip(content) if content.startswith(_GZIP) else content)
    except _FAULTS as error:
        return _faulty(name, error)


def _gunzip(content: bytes) -> bytes:
    with gzip.GzipFile(fileobj=BytesIO(content)) as stream:
        return _bounded(stream)


def _bounded(stream: IO[bytes] | gzip.GzipFile) -> bytes:
    content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST // 2**20} MB")
    return content


def _faulty(name: str, error: Exception) -> Payload:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Payload(name, b"", fault=f"it cannot be read: {reason[:_LONGEST_REASON]}")
