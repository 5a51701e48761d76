import sys
from datetime import date

import pytest

from monps.cli import pictures
from monps.domain.evaluation import Estimate, Evaluation, ReliabilityBin, Scorecard
from monps.errors import UsageError

SCORES = {"n": 40, "log_loss": 1.0, "rps": 0.2, "brier": 0.6, "ece": 0.02, "n_priced": 40}


@pytest.fixture
def found() -> Evaluation:
    gap = Estimate(value=0.01, interval=(-0.01, 0.03))
    return Evaluation(
        **SCORES,
        forecaster="goals",
        competitions=("E0",),
        first_day=date(2022, 8, 5),
        last_day=date(2024, 5, 19),
        wanted=40,
        abstained=0,
        refits=9,
        seconds=0.5,
        by_season={
            "2022/23": Scorecard(**SCORES, log_loss_gap=gap),
            "2023/24": Scorecard(**SCORES),
        },
        reliability=tuple(
            ReliabilityBin(outcome=outcome, forecast=chance, observed=chance + 0.05, count=20)
            for outcome in ("home", "draw", "away")
            for chance in (0.2, 0.4)
        ),
    )


@pytest.mark.parametrize(("name", "begins"), [("a.svg", b"<?xml"), ("a.png", b"\x89PNG")])
def test_a_backtest_is_drawn(found, tmp_path, name, begins):
    pictures.draw_evaluation(found, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_backtest_without_closing_prices_is_drawn_too(found, tmp_path):
    bare = found.model_copy(update={"by_season": {"2023/24": found.by_season["2023/24"]}})
    pictures.draw_evaluation(bare, tmp_path / "a.svg")
    assert (tmp_path / "a.svg").stat().st_size > 1000


def test_what_was_found_is_in_the_picture(found):
    drawn = pictures.figure(1, 2, (10.0, 4.5))
    calibration, gaps = drawn.axes
    pictures._draw_reliability(calibration, found.reliability)
    pictures._draw_gaps(gaps, found)
    lines = {line.get_label(): line.get_xydata().tolist() for line in calibration.get_lines()}
    assert lines["home"] == [[0.2, 0.25], [0.4, pytest.approx(0.45)]]
    [bar] = gaps.patches
    assert bar.get_height() == 0.01
    assert [label.get_text() for label in gaps.get_xticklabels()] == ["2022/23"]


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.svgz"])
def test_other_files_are_no_pictures(found, tmp_path, name):
    with pytest.raises(UsageError, match=r"a picture is a \.png or an \.svg file"):
        pictures.require_picture(tmp_path / name)
    with pytest.raises(UsageError, match="a picture is"):
        pictures.draw_evaluation(found, tmp_path / name)


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(UsageError, match="there is no folder"):
        pictures.require_picture(tmp_path / "nowhere" / "a.png")


def test_without_matplotlib_the_cure_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(UsageError, match=r"pip install 'monps\[plot\]'"):
        pictures.figure(1, 1, (4.0, 4.0))
