"""From nouns to pictures: what is not known is a gap, and pictures tell of what people ask for first."""

from datetime import UTC, datetime, timedelta

import pytest

from monps.domain.evaluation import Estimate, MarketScore
from monps.domain.features import DimensionValue
from monps.domain.identifiers import Season
from monps.domain.ledger import LedgerCut
from monps.services.style_history import PastStyle
from monps.web.views.scoreboards import cuts_picture, gains_picture
from monps.web.views.team_pictures import style_curves

FIRST = datetime(2025, 8, 1, tzinfo=UTC)
MONTH = timedelta(days=30)


def value(z, name="tempo"):
    about = {"dimension": name, "group": "shooting", "unit": "a match", "as_of": FIRST}
    if z is None:
        return DimensionValue(**about, reason="nobody counted it")
    return DimensionValue(
        **about, value=20.0, standard_error=1.0, n=8, z=z, z_error=0.3, source="results", age_days=3.0
    )


def months(*listed):
    return [
        PastStyle(as_of=FIRST + place * MONTH, season=Season(start=2025), dimensions=tuple(each))
        for place, each in enumerate(listed)
    ]


def test_a_curve_begins_with_the_team_and_has_gaps_where_it_was_elsewhere():
    past = months([], [], [value(0.5)], [], [value(1.0)])
    [tempo] = style_curves(past)
    assert [row[0] for row in tempo.picture.twin.rows] == ["2025-09-30", "2025-10-30", "2025-11-29"]
    assert [row[1] for row in tempo.picture.twin.rows] == [0.5, None, 1.0]
    assert tempo.picture.series[0].line.count("M") == 2
    assert tempo.picture.twin.rows[0][2:] == pytest.approx((0.5 - 1.96 * 0.3, 0.5 + 1.96 * 0.3))


def test_what_was_never_known_has_a_reason_and_no_picture():
    [tempo, pressing] = style_curves(months([value(0.1), value(None, "pressing")]))
    assert (tempo.now.z, pressing.picture) == (0.1, None)
    assert pressing.now.reason == "nobody counted it"


def test_a_team_that_never_played_there_has_no_curves():
    assert style_curves(months([], [])) == ()


def test_gains_are_told_of_the_main_markets():
    told = [
        MarketScore(market=name, n=100, log_loss=0.9, base_log_loss=1.0, ece=0.01)
        for name in ("match_result", "second_half totals 4.5")
    ]
    [bar] = gains_picture(told, str.upper).bars
    assert (bar.name, bar.value) == ("MATCH_RESULT", pytest.approx(0.1))
    assert gains_picture(told[1:], str.upper) is None


def test_cuts_without_an_interval_are_left_out():
    known = LedgerCut(bets=9, staked="90.00", profit="1.00", clv=Estimate(value=0.01, interval=(-0.01, 0.03)))
    single = LedgerCut(bets=1, staked="10.00", profit="1.00")
    found = cuts_picture(
        {"month": {"2026-02": known, "2026-03": single}}, "clv", lambda cut, part: f"{cut} {part}"
    )
    assert [row.name for row in found.rows] == ["month 2026-02"]
    assert cuts_picture({"month": {"2026-03": single}}, "yield_", lambda *_: "") is None
