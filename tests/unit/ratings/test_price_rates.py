from datetime import timedelta

import numpy as np
import pytest

from factories import AWAY, HOME, SATURDAY, match, quote
from monps.numerics.low_scores import dixon_coles_grid
from monps.ratings.market_memory import SHARPEST_FIRST
from monps.ratings.price_rates import rates_of_prices
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

RATES, OTHER_RATES = (1.7, 0.9, -0.05), (1.2, 1.3, -0.07)
GOALS = np.subtract.outer(np.arange(15), np.arange(15)).ravel()
TOTAL = np.add.outer(np.arange(15), np.arange(15)).ravel()
FAMILIES = ("match_result", "totals", "asian_handicap")


@pytest.fixture(scope="module")
def matches() -> MatchTable:
    """Two matches, numbered 0 and 1."""
    return MatchTable.from_matches([match(), match(AWAY, HOME, kickoff=SATURDAY + timedelta(days=60))])


def offers(rates, *, bookmaker="pinnacle", markets=FAMILIES, line=-0.5, margin=1.05, closing=False):
    """Make the quotes of a bookmaker who knows the rates, its margin a power of the probabilities."""
    cells = dixon_coles_grid(*np.array(rates)[:, None]).cells[0]
    won, lost = cells[GOALS + line > 0].sum(), cells[GOALS + line < 0].sum()
    prices = {
        "match_result": [cells[np.sign(GOALS) == side].sum() for side in (1, 0, -1)],
        "totals": [cells[TOTAL > 2.5].sum(), cells[TOTAL < 2.5].sum()],
        "asian_handicap": [won / (won + lost), lost / (won + lost)],
    }
    lines = {"asian_handicap": line}
    return [
        quote(name, np.array(prices[name]) ** -(1 / margin), bookmaker=bookmaker, line=lines.get(name),
              closing=closing)
        for name in markets
    ]  # fmt: skip


def found(matches, *offered, closing=False):
    table = QuoteTable.from_quotes([(number, each) for number, quoted in offered for each in quoted])
    return np.array(rates_of_prices(matches, table, closing=closing))


@pytest.mark.parametrize("bookmaker", SHARPEST_FIRST)
@pytest.mark.parametrize("margin", [1.0, 1.05])
def test_the_rates_behind_all_prices_are_found(matches, bookmaker, margin):
    rates = found(matches, (0, offers(RATES, bookmaker=bookmaker, margin=margin)))
    np.testing.assert_allclose(rates[:, 0], RATES, atol=2e-3)
    assert np.isnan(rates[:, 1]).all()


@pytest.mark.parametrize("markets", [FAMILIES[:2], FAMILIES[::2]])
def test_a_market_may_be_missing(matches, markets):
    home, away, _ = found(matches, (0, offers(RATES, markets=markets)))[:, 0]
    assert (home, away) == pytest.approx(RATES[:2], abs=0.05)


@pytest.mark.parametrize("line", [-1.0, 0.0, 0.5])
def test_the_handicap_may_stand_on_any_line(matches, line):
    rates = found(matches, (0, offers(RATES, line=line)))
    np.testing.assert_allclose(rates[:, 0], RATES, atol=2e-3)


def test_the_handicap_has_a_say(matches):
    contrary = [*offers(RATES, markets=FAMILIES[:2]), *offers((1.4, 1.1, -0.05), markets=FAMILIES[2:])]
    home, away, _ = found(matches, (0, contrary))[:, 0]
    assert 1.4 - 1.1 < home - away < 1.7 - 0.9 - 0.05


def test_the_sharpest_and_the_crowd_count_alike(matches):
    """The geometric mean of both books' rates, and the mean of their ρ."""
    both = [*offers(RATES), *offers(OTHER_RATES, bookmaker="average")]
    home, away, rho = found(matches, (0, both))[:, 0]
    assert home == pytest.approx(np.sqrt(1.7 * 1.2), abs=2e-3)
    assert away == pytest.approx(np.sqrt(0.9 * 1.3), abs=2e-3)
    assert rho == pytest.approx(-0.06, abs=5e-3)


def test_each_market_is_read_where_it_is_quoted(matches):
    """Pinnacle has no total and the average no handicap: each borrows the other's."""
    split = [
        *offers(RATES, markets=FAMILIES[::2]),
        *offers(RATES, bookmaker="average", markets=FAMILIES[:2]),
    ]
    np.testing.assert_allclose(found(matches, (0, split))[:, 0], RATES, atol=2e-3)


def test_a_handicap_between_the_quarters_gives_way_to_the_next_book(matches):
    off = quote("asian_handicap", (1.95, 1.95), bookmaker="average", line=-0.61)
    whole = offers(RATES)
    np.testing.assert_array_equal(found(matches, (0, [*whole, off])), found(matches, (0, whole)))


@pytest.mark.parametrize("closing", [False, True])
def test_only_the_prices_asked_for_are_looked_at(matches, closing):
    both = (0, offers(RATES, closing=closing)), (0, offers(OTHER_RATES, closing=not closing))
    np.testing.assert_allclose(found(matches, *both, closing=closing)[:, 0], RATES, atol=2e-3)


def test_where_nobody_quotes_there_are_no_rates(matches):
    assert np.isnan(found(matches)).all()
    assert np.isnan(found(matches, (0, offers(RATES, bookmaker="corner_shop")))).all()
