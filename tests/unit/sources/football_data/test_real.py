"""Real files, where the machine has them: every league-season is there, and what is refused is wrong."""

import re
from collections import Counter
from pathlib import Path

import pytest

from monps.domain.ingestion import ParsedFile
from monps.domain.odds import CONSENSUS_MAXIMUM
from monps.sources import read
from monps.sources.football_data import FootballData

CURTAILED = {
    "1920/F1.csv": 279,
    "1920/F2.csv": 280,
    "1920/E2.csv": 400,
    "1920/E3.csv": 440,
    "2223/F2.csv": 379,
}


@pytest.fixture(scope="module")
def files(data_dir: Path) -> list[ParsedFile]:
    folder = data_dir / "football-data"
    if not folder.is_dir():
        pytest.skip("no football-data folder among the real data")
    return list(read(FootballData(), [folder]))


def test_every_league_season_is_a_whole_double_round_robin(files: list[ParsedFile]) -> None:
    assert len(files) == 216
    for parsed in files:
        keys = [record.match.key for record in parsed.records]
        sides = {key.home for key in keys}
        assert len(keys) == len(set(keys)) == CURTAILED.get(parsed.name, len(sides) * (len(sides) - 1))
        season, division = parsed.name.removesuffix(".csv").split("/")
        assert {(key.season.code, key.competition) for key in keys} == {(season, division)}
        assert not parsed.fixtures


def test_every_column_is_known(files: list[ParsedFile]) -> None:
    assert not {name for parsed in files for name in parsed.unknown_columns}


def test_no_match_is_refused_and_few_prices_are(files: list[ParsedFile]) -> None:
    reasons = [reject.reason for parsed in files for reject in parsed.rejects]
    quotes = sum(len(record.quotes) for parsed in files for record in parsed.records)
    assert quotes > 1_600_000
    assert len(reasons) < quotes / 10_000
    about_statistics = re.compile(r"makes no sense and was left out|both were left out")
    about_prices = re.compile(
        r"is missing$|not above 1$|is no price$|is no line$|sum to [\d.]+, (above|below)"
    )
    kinds = Counter("price" if about_prices.search(reason) else "statistic" for reason in reasons)
    assert all(about_prices.search(reason) or about_statistics.search(reason) for reason in reasons)
    assert kinds["statistic"] < 10


def test_quotes_are_books_known_before_kick_off(files: list[ParsedFile]) -> None:
    for parsed in files:
        for record in parsed.records:
            kickoff = record.match.kickoff
            for quote in record.quotes:
                assert quote.known_at < kickoff
                assert min(quote.odds) > 1
                if quote.bookmaker != CONSENSUS_MAXIMUM:
                    assert sum(1 / odds for odds in quote.odds) > 0.97
