"""Real files, where the machine has them: every league-season is there, and what is refused is wrong."""

import re
from collections import Counter
from pathlib import Path

import pytest

from monps.domain.ingestion import ParsedFile, Reject
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
ABOUT_PRICES = re.compile(r"is missing$|not above 1$|is no price$|is no line$|sum to [\d.]+, (above|below)")
ABOUT_STATISTICS = re.compile(r"makes no sense and was left out$|both were left out$")


def test_the_real_files(data_dir: Path) -> None:
    """One pass and one test, for the files are many and are held one at a time."""
    if not (data_dir / "football-data").is_dir():
        pytest.skip("no football-data folder among the real data")
    seen: Counter[str] = Counter()
    for parsed in read(FootballData(), [data_dir / "football-data"]):
        check_round_robin(parsed)
        check_quotes(parsed)
        assert not parsed.unknown_columns
        seen.update(files=1, matches=len(parsed.records))
        seen.update(quotes=sum(len(record.quotes) for record in parsed.records))
        seen.update(map(kind, parsed.rejects))
    assert (seen["files"], seen["matches"]) == (216, 90_742)
    assert seen["quotes"] > 1_690_000
    assert seen.keys() == {"files", "matches", "quotes", "price refused", "statistic left out"}
    assert seen["price refused"] < seen["quotes"] / 10_000
    assert seen["statistic left out"] < seen["matches"] / 10_000


def check_round_robin(parsed: ParsedFile) -> None:
    keys = [record.match.key for record in parsed.records]
    sides = {key.home for key in keys}
    assert len(keys) == len(set(keys)) == CURTAILED.get(parsed.name, len(sides) * (len(sides) - 1))
    season, division = parsed.name.removesuffix(".csv").split("/")
    assert {(key.season.code, key.competition) for key in keys} == {(season, division)}
    assert not parsed.fixtures


def check_quotes(parsed: ParsedFile) -> None:
    for record in parsed.records:
        for quote in record.quotes:
            assert quote.known_at < record.match.kickoff
            assert min(quote.odds) > 1
            least = 0 if quote.bookmaker == CONSENSUS_MAXIMUM else 1 - 1e-9
            assert least <= sum(1 / odds for odds in quote.odds) <= 1.5


def kind(reject: Reject) -> str:
    if ABOUT_PRICES.search(reject.reason):
        return "price refused"
    return "statistic left out" if ABOUT_STATISTICS.search(reject.reason) else reject.reason
