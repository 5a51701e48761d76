"""Everything that the page of one match shows."""

from collections.abc import Iterator, Sequence
from typing import Any

from monps.domain.features import Differential, MatchFeatures
from monps.domain.opinions import AgentOpinion
from monps.domain.predictions import EnsemblePrediction, MarketPrediction
from monps.domain.scorers import GoalscorerPrediction, ScorerForecast
from monps.web.pictures.outcomes import OutcomeBar, outcome_bar
from monps.web.pictures.twin import Form
from monps.web.views import match_pictures
from monps.web.views.price_list import PriceRow, Prices, PriceTable, is_asked, price_groups

Change = tuple[str, float, float, Form]
_CLASHES = 4
_CLEAR = 1.96
_CHANCES = (
    "play_probability", "start_probability", "expected_minutes", "share", "anytime", "first", "last",
    "team_first_scorer", "two_or_more", "hat_trick",
)  # fmt: skip
_COUNT_GROUPS = ("Corners", "Cards")
_COUNT_FAMILIES = {
    "corners_most": (None,),
    "corners_totals": (8.5, 9.5, 10.5, 11.5),
    "cards_most": (None,),
    "cards_totals": (2.5, 3.5, 4.5, 5.5),
}


def forecast_parts(forecast: EnsemblePrediction, prices: Prices) -> dict[str, Any]:
    """Return what the page shows of the forecast itself and of prices."""
    groups = price_groups(forecast.markets, prices, is_asked(prices))
    return {
        "outcomes": match_pictures.outcomes_picture(forecast),
        "scores": match_pictures.scores_picture(forecast.markets),
        "timing": match_pictures.timing_picture(forecast.markets),
        "first_goal": first_goal(forecast.markets),
        "agents": agents(forecast.members),
        "voices": agents(getattr(forecast, "voices", ())),
        "prices": groups,
        "best": best_bet([row for group in groups for table in group.tables for row in table.rows]),
        "anything_offered": bool(prices.offered),
        "counts": counts(forecast.markets),
    }


def style_parts(features: MatchFeatures | None) -> dict[str, Any]:
    """Return what the page shows of the teams' styles."""
    return {
        "features": features,
        "profiles": match_pictures.profiles_picture(features) if features else None,
        "clashes": clashes(features.differentials) if features else (),
    }


def agents(opinions: Sequence[AgentOpinion]) -> list[tuple[AgentOpinion, OutcomeBar | None]]:
    """Return opinions with the bars of those that speak."""
    return [(each, outcome_bar(*each.outcomes) if each.outcomes else None) for each in opinions]


def best_bet(rows: Sequence[PriceRow]) -> Any:
    """Return the bet with the highest value among what is offered, if any is worth one."""
    worth = [row for row in rows if row.offered and not row.offered.no_bet]
    best = max(worth, key=lambda row: row.offered.value.expected_value if row.offered else 0.0, default=None)
    return (
        None if best is None else {"selection": best.selection, "value": best.offered and best.offered.value}
    )


def first_goal(markets: Sequence[MarketPrediction]) -> tuple[MarketPrediction, ...]:
    """Return when the first goal falls."""
    return tuple(price for price in markets if price.family == "time_of_first_goal")


def counts(markets: Sequence[MarketPrediction]) -> tuple[PriceTable, ...]:
    """Return the main prices of corners and cards, where there are any."""

    def keep(price: MarketPrediction) -> bool:
        return price.line in _COUNT_FAMILIES.get(price.family, ())

    found = {group.heading: group.tables for group in price_groups(markets, Prices(), keep)}
    return tuple(table for heading in _COUNT_GROUPS for table in found.get(heading, ()))


def clashes(differentials: Sequence[Differential]) -> tuple[Differential, ...]:
    """Return the dimensions in which the sides differ most, of those in which they differ for certain."""
    certain = [each for each in differentials if abs(each.value) > _CLEAR * each.standard_error]
    return tuple(sorted(certain, key=lambda each: -abs(each.value))[:_CLASHES])


def scorer_lists(
    expected: ScorerForecast, found: ScorerForecast
) -> list[tuple[str, str, tuple[GoalscorerPrediction, ...]]]:
    """Return each side's players: those expected, by their chance, as they stand with the line-ups asked for.

    Who is not in a given line-up keeps a place in the list, without chances, so that it can be ticked again.
    The last row of a side is everybody else.
    """
    sides = (("home", expected.home), ("away", expected.away))
    return [(side, team, tuple(_of(expected, found, team))) for side, team in sides]


def _of(expected: ScorerForecast, found: ScorerForecast, team: str) -> Iterator[GoalscorerPrediction]:
    now = {each.player: each for each in found.scorers if each.team == team}
    for each in expected.scorers:
        if each.team == team and not each.any_other:
            yield now.get(each.player) or _left_out(each)
    yield from (each for each in found.scorers if each.team == team and each.any_other)


def _left_out(player: GoalscorerPrediction) -> GoalscorerPrediction:
    nothing = dict.fromkeys(_CHANCES, 0.0)
    return GoalscorerPrediction(
        player=player.player, team=player.team, position=player.position, fair_odds=None, **nothing
    )


def changes(before: EnsemblePrediction, now: EnsemblePrediction) -> list[Change]:
    """Return what differs between two forecasts of one match."""
    names: tuple[tuple[str, str, Form], ...] = (
        ("home win", "home_win", "percent"),
        ("draw", "draw", "percent"),
        ("away win", "away_win", "percent"),
        ("home goals", "home_goals", "number"),
        ("away goals", "away_goals", "number"),
        ("confidence", "confidence_score", "percent"),
        ("agreement of agents", "agreement", "percent"),
    )
    return [(name, getattr(before, field), getattr(now, field), form) for name, field, form in names]
