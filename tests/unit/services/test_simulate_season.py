from datetime import UTC, datetime, timedelta

import pytest

import factories
from fakes import FakeStore
from monps.domain.identifiers import Season
from monps.domain.season import SeasonRequest, Zone
from monps.errors import NotEnoughData, UnknownNameError, UnknownTeam, UsageError
from monps.models import DixonColes
from monps.services.fit import fit_competition
from monps.services.simulate_season import simulate_season

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
WINTER = datetime(2025, 12, 31, tzinfo=UTC)
SUMMER = datetime(2025, 7, 1, tzinfo=UTC)
MONTH = timedelta(days=30)


def forecast(store, freshness=MONTH, **asked):
    request = SeasonRequest(**{"competition": "SIM1", "as_of": WINTER, "runs": 400, **asked})
    return simulate_season(store, DixonColes(), request, now=NOW, freshness=freshness)


@pytest.fixture(scope="session")
def clubs(country):
    return sorted(set(country.season("SIM1", 2025).home))


def test_results_and_what_is_left_make_up_the_season(filled, clubs):
    found = forecast(filled)
    assert found.season == Season(start=2025)
    assert found.played + found.remaining == 8 * 7
    assert 0 < found.played < 56
    assert sorted(team.team for team in found.teams) == clubs
    assert sum(row.played for row in found.table) == 2 * found.played


def test_outlooks_are_coherent_and_in_order(filled):
    found = forecast(filled)
    for team in found.teams:
        low, high = team.points_interval
        assert team.points <= low <= team.expected_points <= high
        assert sum(team.positions) == pytest.approx(1)
        assert team.chances["title"] == pytest.approx(team.positions[0])
        assert team.chances["relegation"] == pytest.approx(sum(team.positions[-3:]))
        places = range(1, len(found.teams) + 1)
        expected = sum(p * chance for p, chance in zip(places, team.positions, strict=True))
        assert team.expected_position == pytest.approx(expected)
    assert [t.expected_position for t in found.teams] == sorted(t.expected_position for t in found.teams)
    assert sum(team.chances["title"] for team in found.teams) == pytest.approx(1)


def test_the_table_is_in_order_and_says_what_was_deducted(filled, clubs):
    found = forecast(filled, deductions={clubs[3]: 30})
    assert [row.position for row in found.table] == list(range(1, 9))
    assert [row.points for row in found.table] == sorted((row.points for row in found.table), reverse=True)
    last = found.table[-1]
    assert (last.team, last.deducted) == (clubs[3], 30)
    assert last.points == 3 * last.won + last.drawn - 30


def test_the_same_request_gives_the_same_numbers_and_another_seed_others(filled):
    assert forecast(filled) == forecast(filled)
    assert forecast(filled) != forecast(filled, seed=2)


def test_a_finished_season_is_certain(filled):
    found = forecast(filled, as_of=SUMMER)
    assert (found.season.start, found.remaining) == (2024, 0)
    assert [team.team for team in found.teams] == [row.team for row in found.table]
    for place, team in enumerate(found.teams):
        assert team.positions[place] == 1
        assert team.points_interval == (team.points, team.points)


def test_an_earlier_season_can_be_asked_for(filled):
    found = forecast(filled, season=Season(start=2024))
    assert found.teams == forecast(filled, as_of=SUMMER).teams
    assert found.remaining == 0


def test_a_kept_fit_gives_the_same(filled):
    store = FakeStore(filled.matches)
    fresh = forecast(store)
    fit_competition(store, DixonColes(), "SIM1", as_of=WINTER, now=NOW)
    kept = forecast(store)
    assert [team.expected_points for team in kept.teams] == pytest.approx(
        [team.expected_points for team in fresh.teams], abs=0.2
    )
    assert kept.table == fresh.table


def test_scrambling_what_came_later_changes_nothing(filled):
    known = [report for report in filled.matches.reports if report.known_at <= WINTER]
    past = FakeStore(type(filled.matches)(**{**vars(filled.matches), "reports": known}))
    assert forecast(past) == forecast(filled)


def test_strengths_may_be_taken_as_known(filled):
    sure, unsure = forecast(filled, uncertain_strengths=False), forecast(filled)
    assert (sure.strength_draws, unsure.strength_draws) == (1, 100)
    widths = [
        sum(t.points_interval[1] - t.points_interval[0] for t in found.teams) for found in (sure, unsure)
    ]
    assert widths[0] < widths[1]


def test_rules_and_zones_can_be_ones_own(filled):
    found = forecast(filled, tie_break="head_to_head", zones=(Zone(name="top half", first=1, last=4),))
    assert found.rules.tie_break == "head_to_head"
    assert sum(team.chances["top half"] for team in found.teams) == pytest.approx(4)
    with pytest.raises(UnknownNameError):
        forecast(filled, tie_break="coin")


def test_old_data_and_missing_clubs_are_warned_of(filled, clubs):
    assert not forecast(filled).warnings
    assert any("days old" in warning for warning in forecast(filled, freshness=timedelta(0)).warnings)
    gone = {key: number for key, number in filled.matches.numbers.items() if _without(key, clubs[0])}
    reports = [report for report in filled.matches.reports if _without(report.reported.key, clubs[0])]
    fewer = FakeStore(type(filled.matches)(**{**vars(filled.matches), "numbers": gone, "reports": reports}))
    assert any("may be missing" in warning for warning in forecast(fewer).warnings)


def _without(key, club):
    return key.season.start == 2024 or club not in {key.home, key.away}


def test_what_is_unknown_is_refused(filled):
    with pytest.raises(UnknownNameError, match="SIM1"):
        forecast(filled, competition="SIM9")
    with pytest.raises(UnknownTeam):
        forecast(filled, deductions={"Nowhere": 3})
    with pytest.raises(UsageError, match="at least 1"):
        forecast(filled, deductions={"Nowhere": 0})
    with pytest.raises(NotEnoughData, match="2030/31"):
        forecast(filled, season=Season(start=2030))
    with pytest.raises(NotEnoughData):
        forecast(filled, as_of=datetime(1999, 1, 1, tzinfo=UTC))
    with pytest.raises(NotEnoughData):
        forecast(FakeStore())


def test_the_present_is_the_default_moment(filled):
    assert forecast(filled, as_of=None).as_of == NOW


def test_before_the_first_match_newcomers_are_the_least_sure(filled, country):
    found = forecast(filled, as_of=SUMMER, season=Season(start=2025), runs=2000)
    assert (found.played, found.remaining) == (0, 56)
    promoted = set(country.season("SIM1", 2025).home) - set(country.season("SIM1", 2024).home)
    width = {team.team: team.points_interval[1] - team.points_interval[0] for team in found.teams}
    others = [width[name] for name in width if name not in promoted]
    assert promoted
    assert min(width[name] for name in promoted) > sum(others) / len(others)


@pytest.fixture
def split_league():
    """Four clubs of a league that splits, with four results and one fixture that is listed."""
    kickoff = datetime(2025, 9, 13, 15, tzinfo=UTC)
    pairs = [("Ash", "Birch"), ("Cedar", "Dogwood"), ("Birch", "Cedar"), ("Dogwood", "Ash")]
    played = [
        factories.record(factories.match(*pair, kickoff=kickoff + timedelta(days=number), competition="SC0"))
        for number, pair in enumerate(pairs)
    ]
    listed = factories.fixture("Ash", "Cedar", kickoff=kickoff + timedelta(days=200), competition="SC0")

    def store(*fixtures):
        made = FakeStore()
        with made(write=True) as work:
            rows = [factories.fixture_record(each) for each in fixtures]
            work.matches.add_file(factories.parsed_file(*played, fixtures=rows), WINTER)
            work.commit()
        return made

    return store, listed


def test_where_the_season_splits_only_listed_fixtures_are_played(split_league):
    store, listed = split_league
    found = forecast(store(listed), competition="SC0")
    assert (found.played, found.remaining) == (4, 1)
    assert any("splits" in warning for warning in found.warnings)


def test_where_the_season_splits_and_nothing_is_listed_there_is_no_answer(split_league):
    store, _ = split_league
    with pytest.raises(NotEnoughData, match="splits in spring"):
        forecast(store(), competition="SC0")
