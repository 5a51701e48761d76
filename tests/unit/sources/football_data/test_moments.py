from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.sources.football_data.moments import (
    closing_prices_known_at,
    early_prices_known_at,
    kickoff_at,
    result_known_at,
)

DAYS = st.dates(date(1993, 7, 1), date(2030, 6, 30))
CLOCKS = st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


def test_clocks_are_those_of_the_united_kingdom() -> None:
    assert kickoff_at(date(2023, 1, 7), time(15)) == datetime(2023, 1, 7, 15, tzinfo=UTC)
    assert kickoff_at(date(2023, 5, 7), time(15)) == datetime(2023, 5, 7, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "collected"),
    [
        (date(2023, 3, 3), "Fri 03"),
        (date(2023, 3, 4), "Fri 03"),
        (date(2023, 3, 5), "Fri 03"),
        (date(2023, 3, 6), "Fri 03"),
        (date(2023, 3, 7), "Tue 07"),
        (date(2023, 3, 8), "Tue 07"),
        (date(2023, 3, 9), "Tue 07"),
    ],
)
def test_prices_are_collected_on_friday_and_on_tuesday(day: date, collected: str) -> None:
    known_at = early_prices_known_at(day, kickoff_at(day, time(20)))
    assert known_at.strftime("%a %d %H:%M") == f"{collected} 15:00"


def test_a_match_early_on_the_day_of_collection_is_priced_before_it_begins() -> None:
    friday = date(2023, 3, 3)
    for clock in (None, time(14, 30)):
        kickoff = kickoff_at(friday, clock)
        assert early_prices_known_at(friday, kickoff) == kickoff - timedelta(minutes=1)


@given(DAYS, CLOCKS)
def test_prices_are_known_before_kick_off_and_results_after(day: date, clock: time | None) -> None:
    kickoff = kickoff_at(day, clock)
    early, closing = early_prices_known_at(day, kickoff), closing_prices_known_at(kickoff)
    known = result_known_at(kickoff, kickoff_known=clock is not None)
    assert early <= closing < kickoff < known
    assert kickoff - early < timedelta(days=4)


@given(DAYS)
def test_the_evening_before_shows_early_prices_and_no_closing_ones(day: date) -> None:
    evening_before = datetime.combine(day - timedelta(days=1), time(22), UTC)
    for clock in (None, time(15)):
        kickoff = kickoff_at(day, clock)
        assert closing_prices_known_at(kickoff) > evening_before
        if day.strftime("%a") not in ("Fri", "Tue"):
            assert early_prices_known_at(day, kickoff) <= evening_before


@given(DAYS, st.times())
def test_where_the_hour_is_unknown_no_hour_makes_the_result_known_too_early(day: date, hour: time) -> None:
    latest = kickoff_at(day, hour.replace(second=0, microsecond=0))
    assert result_known_at(kickoff_at(day, None), kickoff_known=False) >= result_known_at(
        latest, kickoff_known=True
    )
