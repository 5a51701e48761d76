"""Everything that football-data.co.uk published in eighteen years, through the reader into the store."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from fakes import NOON, FakeClock
from monps.services.ingest import ingest
from monps.sources.football_data.source import FootballData

END = datetime(2100, 1, 1, tzinfo=UTC)
TWO_NAMES = {("D2", 2008): 306}  # "St Pauli" is "St. Pauli" once
CURTAILED = {("F1", 2019): 279, ("F2", 2019): 280, ("E2", 2019): 400, ("E3", 2019): 440, ("F2", 2022): 379}


@pytest.mark.slow
def test_every_season_is_whole_and_reading_again_changes_nothing(database, data_dir):
    def read(source, name=lambda payload: payload):
        payloads = map(name, source.files(data_dir / "football-data"))
        return ingest(payloads, source, database.open_work, clock=FakeClock(NOON + timedelta(days=1)))

    first = read(FootballData())
    assert (first.files, first.files_refused, first.matches_corrected) == (216, 0, 0)
    assert all(reject.line and reject.reason for reject in first.rejected)
    with database.open_work() as work:
        keys = [stored.match.key for stored in work.matches.history((), END)]
        quotes = sum(1 for _ in work.matches.quotes((), END))
        version = work.matches.data_version(())
    assert quotes == first.quotes_added
    played, teams = Counter((key.competition, key.season.start) for key in keys), defaultdict(set)
    for key in keys:
        teams[key.competition, key.season.start] |= {key.home, key.away}
    assert played == {season: full(season, len(names)) for season, names in teams.items()}

    skipped = read(FootballData())
    assert (skipped.files_unchanged, skipped.matches_unchanged) == (216, len(keys))
    assert skipped.rejected == first.rejected

    compared = read(FootballData(), lambda payload: payload._replace(content=payload.content + b"\n"))
    assert (compared.files_unchanged, compared.matches_unchanged) == (0, len(keys))
    assert (compared.matches_added, compared.matches_corrected, compared.quotes_added) == (0, 0, 0)
    with database.open_work() as work:
        assert work.matches.data_version(()) == version


def full(season, teams):
    """Count a double round-robin, or what was left of it."""
    return (CURTAILED | TWO_NAMES).get(season, teams * (teams - 1))
