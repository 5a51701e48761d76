from datetime import UTC, datetime

import numpy as np
import pytest

import factories
from monps.errors import NotEnoughData, UsageError
from monps.models import DixonColes, FittedScoreModel, Poisson, load
from monps.models.base import read_fit
from monps.numerics.counts import poisson_log_pmf
from monps.tables.matches import MatchTable


@pytest.fixture(scope="module")
def table() -> MatchTable:
    return factories.match_table(8, 2, np.random.default_rng(141))[0]


@pytest.fixture(scope="module")
def fitted(table: MatchTable) -> FittedScoreModel:
    return DixonColes(half_life_days=300.0).fit(table)


def test_the_report_s_log_likelihood_is_that_of_the_scores(table: MatchTable) -> None:
    fitted = Poisson(half_life_days=None, ridge=0.0).fit(table)
    homes, aways = table.frame["home"].to_list(), table.frame["away"].to_list()
    rows, total = np.arange(len(table)), 0.0
    for rates, goals in zip(fitted.rates(homes, aways), (table.home_goals, table.away_goals), strict=True):
        total += poisson_log_pmf(rates, 20)[rows, goals.astype(int)].sum()
    assert fitted.report.log_likelihood == pytest.approx(total)


def test_weights_count_matches_as_they_count_them(fitted: FittedScoreModel, table: MatchTable) -> None:
    age = table.last_known_at().timestamp() / 86_400 - table.kickoff_days
    assert fitted.report.effective_matches == pytest.approx((0.5 ** (age / 300.0)).sum())
    assert fitted.report.as_of == table.last_known_at()


def test_what_is_not_known_yet_is_not_looked_at(table: MatchTable) -> None:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    assert DixonColes().fit(table, moment).report.matches == len(table.until(moment)) < len(table)
    with pytest.raises(NotEnoughData, match="nothing to fit"):
        DixonColes().fit(table, datetime(2000, 1, 1, tzinfo=UTC))


def test_a_naive_moment_is_refused(table: MatchTable) -> None:
    with pytest.raises(UsageError, match="time zone"):
        DixonColes().fit(table, datetime(2025, 1, 1))  # noqa: DTZ001 - that is what is refused


def test_one_name_is_no_list(fitted: FittedScoreModel) -> None:
    with pytest.raises(UsageError, match=r"\[home\], \[away\]"):
        fitted.grid("Ashgrave", "Barrowmere")


def test_as_many_homes_as_aways(fitted: FittedScoreModel) -> None:
    with pytest.raises(UsageError, match="2 homes cannot play 1 aways"):
        fitted.rates(["a", "b"], ["c"])


def test_no_team_plays_itself(fitted: FittedScoreModel) -> None:
    with pytest.raises(UsageError, match="b cannot play itself"):
        fitted.rates(["a", "b"], ["c", "b"])


def test_the_advantage_is_the_report_s(fitted: FittedScoreModel) -> None:
    one, other = fitted.teams.names[:2]
    home, away = fitted.rates([one], [other])
    there, here = fitted.rates([one], [other], neutral=True)
    assert np.log(home / there)[0] == pytest.approx(fitted.report.home_advantage)
    assert away == pytest.approx(here)


def test_errors_are_those_of_the_covariance(fitted: FittedScoreModel) -> None:
    one, other = fitted.teams.names[:2]
    expected = fitted.strengths.log_rate_covariance(*(fitted.teams.encode([name]) for name in (one, other)))
    found = fitted.rate_errors([one], [other])
    np.testing.assert_allclose(found[0] ** 2, np.diag(expected[0]))
    assert fitted.covariance is fitted.strengths.covariance


def test_a_model_that_is_not_here_is_not_read(fitted: FittedScoreModel) -> None:
    with pytest.raises(UsageError, match="'dixon_coles' that is not among poisson"):
        read_fit({"poisson": Poisson}, fitted.to_bytes())
    assert load(fitted.to_bytes()).spec == fitted.spec


def test_own_advantages_survive_being_written_down(table: MatchTable) -> None:
    fitted = DixonColes(own_advantage_ridge=20.0).fit(table)
    again, names = load(fitted.to_bytes()), list(table.teams.names)
    np.testing.assert_array_equal(
        again.rates(names, names[1:] + names[:1]), fitted.rates(names, names[1:] + names[:1])
    )
