import numpy as np
import pytest

from monps.errors import UsageError
from monps.sources.simulated import clubs as founding
from monps.sources.simulated.clubs import draw_clubs, drift, exchange, first_standing, next_standing


def test_there_are_only_so_many_clubs() -> None:
    with pytest.raises(UsageError, match="not 99"):
        draw_clubs(99, np.random.default_rng(1))


def test_divisions_are_filled_by_wealth() -> None:
    clubs = draw_clubs(20, np.random.default_rng(2))
    standing = first_standing(clubs, (8, 8), np.random.default_rng(3))
    first, second = (clubs.wealth[division] for division in standing.divisions)
    assert (len(first), len(second)) == (8, 8)
    assert first.min() >= second.max()
    assert len(set(clubs.names)) == 20


def test_form_keeps_its_spread_and_is_forgotten_at_a_steady_rate() -> None:
    rng = np.random.default_rng(4)
    path = drift(rng.normal(0.0, founding.FORM_SPREAD, (2, 4000)), rng)
    assert path.shape == (founding.WEEKS, 2, 4000)
    assert path[-1].std() == pytest.approx(founding.FORM_SPREAD, rel=0.03)
    ten_weeks = np.corrcoef(path[20].ravel(), path[30].ravel())[0, 1]
    assert ten_weeks == pytest.approx(founding.FORM_KEPT**10, abs=0.03)


def test_three_change_places_at_each_border() -> None:
    upper, middle, lower = exchange([np.arange(8), np.arange(8, 16), np.arange(16, 22)])
    assert upper.tolist() == [0, 1, 2, 3, 4, 8, 9, 10]
    assert middle.tolist() == [5, 6, 7, 11, 12, 16, 17, 18]
    assert lower.tolist() == [13, 14, 15, 19, 20, 21]


def test_promotion_brings_money() -> None:
    clubs = draw_clubs(22, np.random.default_rng(5))
    before = first_standing(clubs, (8, 8), np.random.default_rng(6))
    backwards = [division[::-1] for division in before.divisions]
    changes = []
    for seed in range(200):
        after = next_standing(clubs, before, backwards, form=before.form, rng=np.random.default_rng(seed))
        changes.append(after.wealth - before.wealth)
    change = np.mean(changes, axis=0)
    assert change[backwards[1][:3]] == pytest.approx(founding.PROMOTION_BONUS, abs=0.05)
    assert change[backwards[0][-3:]] == pytest.approx(-founding.PROMOTION_BONUS, abs=0.05)
    assert change[backwards[0][:5]] == pytest.approx(0.0, abs=0.05)
