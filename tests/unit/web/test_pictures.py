"""Pictures say what the numbers say: in proportion, gaps for what is not known, and a table that agrees."""

import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import score_grid
from monps.domain.evaluation import ReliabilityBin
from monps.web import rendering
from monps.web.pictures.bars import bars
from monps.web.pictures.calibration import calibration
from monps.web.pictures.curve import Series, curve
from monps.web.pictures.heat_map import heat_map
from monps.web.pictures.intervals import Estimated, intervals
from monps.web.pictures.outcomes import WIDTH, outcome_bar
from monps.web.pictures.radar import CENTRE, RADIUS, Spoke, radar
from monps.web.pictures.scale import Scale, around, path, runs
from monps.web.pictures.sparkline import sparkline
from monps.web.pictures.timing import Quarter, timing
from monps.web.rendering import draw
from monps.web.writing import Writer

GRID = score_grid(1, np.random.default_rng(3)).probabilities[0].tolist()
BINS = [
    ReliabilityBin(outcome=side, forecast=0.1 + 0.2 * place, observed=0.12 + 0.2 * place, count=10 + place)
    for side in ("home", "draw", "away")
    for place in range(4)
]
TEMPLATES = Path(rendering.__file__).parent / "templates"
DAYS = [date(2025, 8, 9) + timedelta(weeks=week) for week in range(5)]
SPOKES = [Spoke(f"dimension {n}", 0.5 * n, 0.2, -0.3 * n, 0.4) for n in range(5)]
LINE = Series(
    "attack", "home", (0.1, 0.2, None, 0.3, 0.1), (0.0, 0.1, None, 0.2, 0.0), (0.2, 0.3, None, 0.4, 0.2)
)
ESTIMATES = [Estimated("2024/25", 0.002, 0.001, 0.003), Estimated("2025/26", -0.001, -0.002, 0.0)]
WORDS = {"heat_map": {"home": "Ashgrave", "away": "Barrowmere"}}
PICTURES = {
    "heat map": heat_map(GRID),
    "outcomes": outcome_bar(0.5, 0.3, 0.2),
    "radar": radar(SPOKES),
    "calibration": calibration(BINS),
    "curve": curve(DAYS, [LINE], level=0.0),
    "intervals": intervals(ESTIMATES),
    "timing": timing([Quarter("1–15′", 0.2, 0.1), Quarter("76–90′", 0.3, 0.2)]),
    "bars": bars([("Total goals 2.5", 0.04), ("Match result", -0.01)], "log loss saved"),
    "sparkline": sparkline({"2023/24": 1.0, "2024/25": None, "2025/26": 2.0}, "season"),
}


def drawn(picture, language="en"):
    return draw(picture, Writer(language), label="what it shows", **WORDS.get(picture.template, {}))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_well_formed_image_with_a_name(name, language):
    root = ET.fromstring(str(drawn(PICTURES[name], language)).strip())  # noqa: S314 - our own
    assert (root.tag, root.get("role"), root.get("aria-label")) == ("svg", "img", "what it shows")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_no_style_that_the_policy_forbids(name):
    assert not re.search(r"\bstyle=|<style|<script|\bon\w+=", drawn(PICTURES[name]))


def test_every_kind_of_picture_is_among_them():
    templates = {path.stem for path in (TEMPLATES / "pictures").glob("[a-z]*.svg")}
    assert {picture.template for picture in PICTURES.values()} == templates


@pytest.mark.parametrize("name", PICTURES)
def test_a_text_twin_has_a_value_in_every_column(name):
    twin = PICTURES[name].twin
    assert twin.rows
    assert {len(row) for row in twin.rows} == {len(twin.columns)}


def test_a_heat_map_leaves_out_what_it_says_it_leaves_out():
    found = heat_map(GRID, size=5)
    assert sum(cell.probability for cell in found.cells) + found.rest == pytest.approx(1.0)


def test_the_likeliest_score_is_the_strongest_cell():
    found = heat_map(GRID)
    strongest = max(found.cells, key=lambda cell: cell.strength)
    assert strongest.likeliest
    assert strongest.probability == max(cell.probability for cell in found.cells)


def test_a_grid_without_any_chance_is_drawn_all_the_same():
    assert heat_map([[0.0, 0.0], [0.0, 0.0]]).rest == 1.0


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_outcomes_fill_the_bar_in_proportion(first, second):
    home, away = min(first, second), 1 - max(first, second)
    segments = outcome_bar(home, 1 - home - away, away).segments
    assert segments[-1].x + segments[-1].width == pytest.approx(WIDTH, abs=0.05)
    assert [each.width for each in segments] == pytest.approx(
        [(WIDTH - 6) * each.probability for each in segments], abs=0.01
    )


def test_a_missing_dimension_is_a_gap_and_not_a_zero():
    known = [*SPOKES[:2], Spoke("missing", None, None, 1.0, 0.1), *SPOKES[2:]]
    home, away = radar(known).shapes
    assert len(home.dots) == len(away.dots) - 1
    assert home.outline.count("M") == 4
    assert away.outline.endswith("Z")


def test_what_lies_beyond_the_rim_is_drawn_on_it():
    [far, *_] = radar([Spoke("far", 9.0, 0.1, -9.0, 0.1), *SPOKES]).shapes[0].dots
    assert far == (CENTRE[0], CENTRE[1] - RADIUS)


def test_a_curve_has_a_gap_where_a_value_is_missing():
    [line] = curve(DAYS, [LINE]).series
    assert line.line.count("M") == 2
    assert line.band.count("Z") == 2


def test_a_curve_of_one_day_and_one_of_none_are_drawn():
    assert curve(DAYS[:1], [Series("a", "home", (1.0,))]).frame.x_ticks
    assert curve([], [Series("a", "home", ())]).twin.rows == ()


def test_zero_lies_between_an_estimate_above_it_and_one_below():
    found = intervals(ESTIMATES)
    assert found.rows[1].x < found.zero < found.rows[0].x
    assert all(row.low <= row.x <= row.high for row in found.rows)


def test_taller_bars_are_likelier():
    first, last = timing([Quarter("a", 0.1, 0.2), Quarter("b", 0.2, 0.1)]).pillars
    assert last.home_height == pytest.approx(2 * first.home_height, abs=0.01)
    assert first.away_height == pytest.approx(last.home_height)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_round_and_within(low, spread):
    scale = Scale(low, low + spread, 0, 100)
    ticks = scale.ticks()
    assert 2 <= len(ticks) <= 12
    assert all(-0.1 <= scale(tick) <= 100.1 for tick in ticks)


def test_bounds_hold_equal_values():
    low, high = around([2.0, 2.0], least=1.0)
    assert (low, high) == (1.5, 2.5)


def test_a_path_of_nothing_is_empty():
    assert path([]) == ""
    assert list(runs([None, None])) == []


def test_the_table_of_intervals_is_finer_than_their_ticks():
    twin = intervals([Estimated("2025/26", -0.0004, -0.0017, 0.0008)]).twin
    row = [
        Writer().form(c.form)(v, c.places) for c, v in zip(twin.columns[1:], twin.rows[0][1:], strict=True)
    ]
    assert row == ["−0.0004", "−0.0017", "+0.0008"]


def test_bars_begin_at_zero_on_either_side():
    gain, loss = bars([("gain", 0.04), ("loss", -0.02)], "log loss saved").bars
    assert gain.x == pytest.approx(loss.x + loss.length)
    assert gain.length == pytest.approx(2 * loss.length, abs=0.02)


def test_what_is_out_of_reach_is_drawn_at_its_end_and_told_in_full():
    wide = Series("early goals", "home", (0.2,) * 5, (-48.0,) * 5, (49.0,) * 5)
    near = Series("early goals", "home", (0.2,) * 5, (-4.0,) * 5, (4.0,) * 5)
    held, same = curve(DAYS, [wide], reach=4.0), curve(DAYS, [near])
    assert held.series == same.series
    assert held.twin.rows[0][2:] == (-48.0, 49.0)
