import math
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.sources.football_data.cells import (
    NOT_A_NUMBER,
    read_date,
    read_decimals,
    read_line,
    read_time,
    read_whole,
)


@given(st.dates(date(1893, 1, 1), date(2099, 12, 31)))
def test_dates_are_read_in_all_styles(day: date) -> None:
    assert read_date(day.strftime("%d/%m/%Y")) == day
    assert read_date(day.isoformat()) == day
    if 1970 <= day.year < 2070:
        assert read_date(day.strftime("%d/%m/%y")) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2005",
        "29/02/23",
        "12/13/2005",
        "00/01/2005",
        "1/1/205",
        "01/01/0005",
        "13-08-05",
        "5 May",
        "٣/1/05",
    ],
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_times() -> None:
    assert read_time("19:45") == read_time(" 19:45:00 ") == time(19, 45)
    assert [read_time(text) for text in ("", "24:00", "12:60", "7.30", "-1:00")] == [None] * 5


def test_whole_numbers() -> None:
    assert [read_whole(text) for text in ("3", " 0 ", "2.0", "", "-1", "1.5", "x")] == [
        3,
        0,
        2,
        None,
        NOT_A_NUMBER,
        NOT_A_NUMBER,
        NOT_A_NUMBER,
    ]


@given(st.decimals(0, 1000, places=2))
def test_decimals(number: object) -> None:
    assert read_decimals([f" {number} "]) == [float(str(number))]


@pytest.mark.parametrize("text", ["x", "-2", "+2", "1e3", "1_0", "nan", "inf", "2,5", "2..5", ".", "２"])
def test_what_python_takes_for_a_number_is_no_price(text: str) -> None:
    assert read_decimals([text]) == [NOT_A_NUMBER]


def test_a_blank_is_no_number_and_no_error() -> None:
    assert math.isnan(*read_decimals(["  "]))


def test_what_is_remembered_of_recurring_texts_is_bounded() -> None:
    texts = [str(number) for number in range(150_000)]
    assert read_decimals(texts) == [float(number) for number in range(150_000)]
    assert read_decimals(texts[:9]) == [float(number) for number in range(9)]


@given(st.integers(-40, 40))
def test_handicaps_are_whole_half_or_quarter_goals(quarters: int) -> None:
    line = quarters / 4
    assert read_line(str(line)) == line
    assert read_line(f"{line:+}") == line
    if quarters % 2:
        assert read_line(f"{line - 0.25},{line + 0.25}") == line
        assert read_line(f"{line + 0.25}, {line - 0.25}") == line


@pytest.mark.parametrize("text", ["", "-0.2", "0.758", "0,1", "0,0.5,1", "x", "0:1", "0,"])
def test_what_cannot_be_settled_is_no_handicap(text: str) -> None:
    assert read_line(text) is None


def test_no_handicap_is_minus_nought() -> None:
    assert math.copysign(1, read_line("-0") or 0.0) == 1
