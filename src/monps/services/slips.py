"""Read bets to be placed from a file: CSV with a header, or JSON."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from pydantic import ValidationError

from monps.domain.ledger import BetSlip
from monps.errors import DataRefused
from monps.services.bankrolls import sentence


def read_slips(name: str, text: str) -> tuple[BetSlip, ...]:
    r"""Read bets to be placed; a file with a row that is refused is refused whole.

    Parameters
    ----------
    name : str
        The file's; one that ends in ``.json`` is a list of objects, any other is CSV with a header.
    text : str
        What is in it. Names of columns and keys are the fields of ``BetSlip``.

    Raises
    ------
    DataRefused
        If it cannot be read, or a row is no bet; the message names every such row.

    Examples
    --------
    >>> read_slips("bets.csv", "match_id,selection,odds,stake\n7,home,2.10,5.00\n")[0].stake
    Decimal('5.00')
    """
    rows = _objects(name, text) if name.endswith(".json") else _rows(text)
    slips, refused = [], []
    for number, row in rows:
        try:
            slips.append(BetSlip.model_validate(row))
        except ValidationError as error:
            refused.append(f"row {number}: {sentence(error)}")
    if refused or not slips:
        raise DataRefused(f"{name}: {'; '.join(refused) or 'it has no bets'}")
    return tuple(slips)


def _rows(text: str) -> Iterable[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    for row in reader:
        if any(value for value in row.values() if value):
            yield (
                reader.line_num,
                {str(name): value for name, value in row.items() if value not in ("", None)},
            )


def _objects(name: str, text: str) -> Iterable[tuple[int, Any]]:
    try:
        listed: Sequence[Any] = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise DataRefused(f"{name}: it is no JSON ({error})") from error
    if not isinstance(listed, list):
        raise DataRefused(f"{name}: it is no list of bets")
    return enumerate(listed, 1)
