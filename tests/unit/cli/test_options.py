from datetime import UTC, datetime, timedelta, timezone

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from monps.cli.options import moment

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


MOMENTS = st.integers(-(2**31), 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(st.builds(datetime.astimezone, MOMENTS, OFFSETS))
def test_an_aware_moment_is_read_exactly_and_held_in_utc(given_moment):
    read = moment(given_moment.isoformat())
    assert read == given_moment
    assert read.tzinfo is UTC


def test_a_naive_moment_is_read_as_utc_and_said_so(capsys):
    assert moment("2023-05-01T12:00") == datetime(2023, 5, 1, 12, tzinfo=UTC)
    assert "no time zone" in capsys.readouterr().err


def test_an_aware_moment_needs_no_note(capsys):
    assert moment("2023-05-01T12:00:00+02:00").astimezone(timezone(timedelta(hours=2))).hour == 12
    assert not capsys.readouterr().err


@pytest.mark.parametrize("text", ["yesterday", "2023-13-01", "", "01/05/2023"])
def test_what_is_no_date_is_a_usage_error(text):
    with pytest.raises(typer.BadParameter, match="not a date"):
        moment(text)
