"""Fixtures to be predicted: from a file, or from the store's calendar."""

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from monps.cli import options
from monps.domain.predictions import ForecastRequest
from monps.errors import DataRefused, NotEnoughData, UsageError
from monps.ports.calendar import Stretch

if TYPE_CHECKING:
    from monps.bootstrap import Application

_COLUMNS = ("competition", "home", "away", "date")
_ROUND = timedelta(days=4)
_AHEAD = timedelta(days=60)
_MOST = 200
_TRUE = {"1", "true", "yes"}


def read_fixtures(path: Path, as_of: datetime | None) -> list[ForecastRequest]:
    """Read a CSV file with a fixture a row.

    Raises
    ------
    DataRefused
        If a column is missing, or a row cannot be read, naming its line.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise DataRefused(f"{path.name} lacks the columns {', '.join(missing)}; it needs {_COLUMNS}")
        return [_request(path, reader.line_num, row, as_of) for row in reader]


def _request(path: Path, line: int, row: dict[str, str], as_of: datetime | None) -> ForecastRequest:
    import typer  # noqa: PLC0415 - its error is what the date's parser raises

    try:
        return ForecastRequest(
            competition=row["competition"],
            home=row["home"],
            away=row["away"],
            kickoff=options.moment(row["date"]),
            neutral=(row.get("neutral") or "").strip().lower() in _TRUE,
            referee=row.get("referee") or None,
            as_of=as_of,
        )
    except (ValidationError, typer.BadParameter) as error:
        raise DataRefused(f"{path.name}, line {line}: {error}") from error


def round_of(
    application: "Application", competition: str | None, as_of: datetime | None
) -> list[ForecastRequest]:
    """Return the fixtures that a competition plays next, up to four days after the first of them.

    Raises
    ------
    UsageError
        If no competition is named.
    NotEnoughData
        If the store has no fixture of it in the next 60 days.
    """
    if competition is None:
        raise UsageError("a round is that of a competition: add --competition")
    start = as_of or application.clock.now()
    with application.open_work() as work:
        coming = work.calendar.fixtures(Stretch([competition], start, start + _AHEAD), start, _MOST)
    if not coming:
        raise NotEnoughData(
            f"the store knows no fixture of {competition} in the 60 days from {start:%Y-%m-%d}; "
            "`monps ingest` brings a list of fixtures, or name the match"
        )
    last = coming[0].fixture.kickoff + _ROUND
    return [
        ForecastRequest(
            competition=competition,
            home=each.fixture.key.home,
            away=each.fixture.key.away,
            kickoff=each.fixture.kickoff,
            neutral=each.fixture.neutral,
            as_of=as_of,
        )
        for each in coming
        if each.fixture.kickoff < last
    ]
