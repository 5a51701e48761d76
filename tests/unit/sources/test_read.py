from pathlib import Path

import pytest

from monps.errors import DataRefused, UsageError
from monps.sources import read
from monps.sources.football_data import FootballData

SOUND = b"Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\nE0,13/08/2005,Alderbury,Brackwell,2,1\n"


def test_a_refused_file_is_told_of_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(SOUND)
    (tmp_path / "b.csv").write_bytes(b"<html>")
    (tmp_path / "c.csv.gz").write_bytes(b"\x1f\x8bdamaged")
    first, page, archive = read(FootballData(), [tmp_path])
    assert len(first.records) == 1
    assert not page.records
    assert not archive.records
    assert "a web page" in page.rejects[0].reason
    assert "cannot be read" in archive.rejects[0].reason
    assert page.rejects[0].line is None


def test_strict_stops_at_the_first_refusal(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(SOUND + b"E0,,,,,\n,,,1,1,1\n")
    assert len(next(read(FootballData(), [tmp_path])).records) == 1
    with pytest.raises(DataRefused):
        next(read(FootballData(), [tmp_path], strict=True))


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        list(read(FootballData(), [tmp_path / "nowhere"]))
