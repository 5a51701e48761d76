"""Real files of every source: all of it is read, and who is who is right for every team of five leagues."""

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fakes import FakeClock
from hand_checked_names import NAMES
from monps import bootstrap
from monps.services.identity.names import fold
from monps.services.ingest import ingest
from monps.storage.schema import SqlDatabase

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("MONPS_DATA_DIR", ROOT.parent / "shared" / "data"))
MAPPINGS = ROOT / "examples" / "mappings"
LEAGUES = ("E0", "SP1", "D1", "I1", "F1")
SOURCES = ("understat", "fbref", "sofascore")
TABLES = {"whoscored": "whoscored-matches", "fpl": "fpl"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (DATA / "understat").is_dir(), reason=f"there are no real files in {DATA}"),
]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Ingest results of five leagues and all that other sources tell; return the store and the reports."""
    database = SqlDatabase(f"sqlite:///{tmp_path_factory.mktemp('store') / 'monps.sqlite'}")
    results, clock = bootstrap.source("football-data"), FakeClock(datetime(2026, 1, 1, tzinfo=UTC))

    def read(source, path, wanted=lambda _: True):
        payloads = (payload for payload in source.files(path) if wanted(payload.name))
        return ingest(payloads, source, database.open_work, clock=clock)

    told = {
        "football-data": read(
            results, DATA / "football-data", lambda name: Path(name).name.split(".")[0] in LEAGUES
        )
    }
    for name in SOURCES:
        told[name] = read(bootstrap.source(name), DATA / name)
    for name, folder in TABLES.items():
        told[name] = read(bootstrap.table_source(MAPPINGS / f"{name}.toml"), DATA / folder)
    yield database, told
    database.close()


def test_every_source_is_read(reports) -> None:
    _, told = reports
    counts = {name: report.model_dump() for name, report in told.items()}
    assert counts["understat"]["shots_added"] == 337_189
    assert counts["understat"]["appearances_added"] > 96_500
    assert counts["whoscored"]["team_matches_added"] == 50_922
    assert counts["fpl"]["appearances_added"] > 166_000
    assert counts["fbref"]["player_seasons_added"] > 153_000
    assert {name: report.matches_corrected for name, report in told.items() if report.matches_corrected} == {}


def test_what_is_refused_has_a_reason_and_is_little(reports) -> None:
    _, told = reports
    for name, report in told.items():
        assert all(reject.reason for reject in report.rejected)
        assert len(report.rejected) < 600, Counter(reject.reason for reject in report.rejected).most_common(5)
        assert name == "football-data" or report.missing_columns == {} or name == "fpl"


def test_every_team_season_of_five_leagues_is_linked(reports) -> None:
    database, _ = reports
    with database.open_work() as work:
        seasons = {
            (scope.source, scope.competition, scope.season): work.identity.source_teams(scope)
            for scope in work.identity.scopes()
            if scope.competition in LEAGUES and work.identity.fixtures(scope.competition, scope.season)
        }
    names = [each for listed in seasons.values() for each in listed]
    linked = sum(each.team is not None for each in names)
    assert len(names) > 2_900
    assert linked / len(names) >= 0.995, [each for each in names if each.team is None]


def test_no_name_is_linked_to_another_team_than_checked_by_hand(reports) -> None:
    database, _ = reports
    wrong = []
    with database.open_work() as work:
        for scope in work.identity.scopes():
            if scope.competition not in LEAGUES:
                continue
            checked = NAMES[work.identity.country(scope.competition)]
            meant = {fold(name): team for team, names in checked.items() for name in names}
            for name, team, _basis in work.identity.source_teams(scope):
                if team is None or name.isdecimal():
                    continue
                if fold(team) != fold(name) and meant.get(fold(name)) != team:
                    wrong.append((scope, name, team))
    assert wrong == []


def test_numbers_mean_teams_in_the_order_of_the_alphabet(reports) -> None:
    """Fantasy Premier League numbers a season's teams by name, which the resolver does not know."""
    database, _ = reports
    with database.open_work() as work:
        for season in range(2016, 2020):
            [scope] = [s for s in work.identity.scopes() if (s.source, s.season) == ("fpl", season)]
            linked = {int(each.name): each.team for each in work.identity.source_teams(scope)}
            assert [linked[number] for number in range(1, 21)] == sorted(
                linked.values(),
                key=lambda team: "Spurs" if team == "Tottenham" and linked[17] != team else team,
            )


def test_the_results_that_sources_tell_are_those_of_the_store(reports) -> None:
    database, _ = reports
    same = differing = 0
    with database.open_work() as work:
        for scope in work.identity.scopes():
            known = {
                (each.home, each.away): (each.home_goals, each.away_goals)
                for each in work.identity.fixtures(scope.competition, scope.season)
            }
            teams = {each.name: each.team for each in work.identity.source_teams(scope)}
            for each in work.identity.source_fixtures(scope):
                score = known.get((teams[each.home], teams[each.away]))
                if score and None not in (*score, each.home_goals):
                    same += score == (each.home_goals, each.away_goals)
                    differing += score != (each.home_goals, each.away_goals)
    assert same > 40_000
    assert differing <= 30  # awarded matches
