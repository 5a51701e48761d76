"""Payloads from where the user says they are: files, folders, addresses, or a provider's seasons."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from monps.domain.identifiers import Season
from monps.errors import UsageError
from monps.ports.source import Payload, Request, Source

Fetch = Callable[[Request], Payload]

_PACKED = (".gz", ".zip")


def open_paths(paths: Sequence[str], source: Source, fetch: Fetch) -> Iterator[Payload]:
    """Open every payload at some paths or addresses, one at a time.

    Parameters
    ----------
    paths : sequence of str
        Files, folders, archives, or ``https://`` addresses of such files.
    source : Source
        Whose payloads they are.
    fetch : callable
        Fetches an address.

    Returns
    -------
    iterator of Payload

    Raises
    ------
    UsageError
        If there is nothing at one of the paths; then none is opened.
    SourceError
        If an address cannot be read.
    """
    for path in paths:
        if not _is_address(path) and not Path(path).exists():
            raise UsageError(f"there is no file or folder {path}")
    return _open_all(paths, source, fetch)


def fetch_seasons(
    competitions: Sequence[str], seasons: Sequence[Season], source: Source, fetch: Fetch
) -> Iterator[Payload]:
    """Fetch what a source publishes about seasons of competitions, one payload at a time.

    Parameters
    ----------
    competitions, seasons : sequence
        Every season of every competition is wanted.
    source : Source
        Knows where it is.
    fetch : callable
        Fetches it.

    Returns
    -------
    iterator of Payload

    Raises
    ------
    UsageError
        If no competition or no season is named.
    SourceError
        If something cannot be fetched; what came before it has been handed on.
    """
    if not competitions or not seasons:
        raise UsageError("name at least one competition and one season, for example: E0 2324")
    return map(fetch, tuple(source.plan(competitions, seasons)))


def _open_all(paths: Sequence[str], source: Source, fetch: Fetch) -> Iterator[Payload]:
    for path in paths:
        yield from _download(path, source, fetch) if _is_address(path) else source.files(Path(path))


def _download(address: str, source: Source, fetch: Fetch) -> Iterator[Payload]:
    parts = urlsplit(address).path.split("/")
    payload = fetch(Request(address, "/".join(part for part in parts[-2:] if part)))
    if not parts[-1].lower().endswith(_PACKED):
        yield payload
        return
    with TemporaryDirectory() as folder:
        file = Path(folder) / parts[-1]
        file.write_bytes(payload.content)
        yield from source.files(file)


def _is_address(path: str) -> bool:
    return path.lower().startswith(("http://", "https://"))
