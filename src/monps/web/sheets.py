"""Tables to download, as CSV that spreadsheets read without running anything in it."""

import csv
import io
from collections.abc import Iterable, Sequence

from fastapi.responses import Response

_FORMULAE = ("=", "+", "-", "@", "\t", "\r")
Value = str | float | None


def csv_response(name: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Response:
    """Answer with a table to download.

    Parameters
    ----------
    name : str
        Of the file, with its ending.
    columns : sequence of str
        Their headings.
    rows : iterable of sequences
        Numbers in full, nothing where there is none.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in row] for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(written.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _plain(value: Value) -> Value:
    """Keep a spreadsheet from taking a name for a formula.

    Examples
    --------
    >>> _plain("=1+1"), _plain(-1.5), _plain(None)
    ("'=1+1", -1.5, None)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAE) else value
