"""What sources share: files are found by their endings, and unknown competitions are refused."""

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import ClassVar

from monps.errors import UnknownNameError
from monps.ports.source import Payload
from monps.sources._files import open_payloads, unpack


class FileSource:
    """A source whose payloads are files with certain endings."""

    suffixes: ClassVar[tuple[str, ...]]

    def files(self, path: Path) -> Iterator[Payload]:
        """Open every file of this source below a path: plain, gzipped or in a zip or tar archive.

        Raises
        ------
        UsageError
            If there is nothing at the path.
        """
        return open_payloads(path, *self.suffixes)

    def unpack(self, payload: Payload) -> Iterator[Payload]:
        """Open a payload that may be an archive: yield itself, or the files in it."""
        return unpack(payload, *self.suffixes)


def refuse_unknown(kind: str, codes: Sequence[str], known: Collection[str]) -> None:
    """Refuse a code that a source does not know, naming the nearest.

    Raises
    ------
    UnknownNameError
        With the first that is not known.
    """
    for code in codes:
        if code not in known:
            nearest = get_close_matches(code.upper(), known, cutoff=0.5) or tuple(known)
            raise UnknownNameError(kind, code, nearest)
