"""The pictures of one match, from its forecast."""

from collections.abc import Iterable, Sequence

from monps.domain.features import MatchFeatures, TeamDNA
from monps.domain.predictions import EnsemblePrediction, MarketPrediction
from monps.web.pictures.heat_map import HeatMap, heat_map
from monps.web.pictures.outcomes import OutcomeBar, outcome_bar
from monps.web.pictures.radar import Radar, Spoke, radar
from monps.web.pictures.timing import Quarter, Timing, timing

_FULL_TIME = "full_time"
_FEWEST_SPOKES, _MOST_SPOKES = 3, 16
_TELLING = (
    "attack", "defence", "shots", "shots_allowed", "shot_quality", "finishing", "goalkeeping", "tempo",
    "possession", "directness", "field_tilt", "pressing", "pressing_faced", "duels_in_the_air", "width",
    "set_pieces", "corners", "early_goals", "late_shots", "fouls", "cards", "rotation", "leader",
)  # fmt: skip
"""What says most of how a team plays; a circle has room for so many, and the table has all."""


def scores_picture(markets: Iterable[MarketPrediction]) -> HeatMap | None:
    """Draw the correct-score market; None where it is not priced."""
    chances = {
        tuple(map(int, price.selection.split("-"))): price.probability
        for price in markets
        if price.family == "correct_score" and price.period == _FULL_TIME and price.selection[0].isdigit()
    }
    if not chances:
        return None
    most = max(max(score) for score in chances)
    goals = range(most + 1)
    return heat_map([[chances.get((home, away), 0.0) for away in goals] for home in goals], size=most + 1)


def timing_picture(markets: Iterable[MarketPrediction]) -> Timing | None:
    """Draw who outscores whom in each quarter of an hour; None where that is not priced."""
    chances = {
        (price.period, price.selection): price.probability
        for price in markets
        if price.family == "match_result" and _is_quarter(price.period)
    }
    spans = sorted({period for period, _ in chances}, key=_minutes)
    quarters = [
        Quarter("{}–{}′".format(*_minutes(span)), chances[span, "home"], chances[span, "away"])
        for span in spans
    ]
    return timing(quarters) if quarters else None


def outcomes_picture(prediction: EnsemblePrediction) -> OutcomeBar:
    """Draw home win, draw and away win."""
    return outcome_bar(*prediction.outcomes)


def profiles_picture(features: MatchFeatures) -> Radar | None:
    """Draw two teams' DNA; None where fewer than three dimensions are known."""
    return _radar(spokes(features.home.dna, features.away.dna), ("home", "away"))


def profile_picture(dna: TeamDNA) -> Radar | None:
    """Draw one team's DNA; None where fewer than three dimensions are known."""
    return _radar(spokes(dna, dna), ("home",))


def spokes(home: TeamDNA, away: TeamDNA) -> list[Spoke]:
    """Return the dimensions that at least one side has, in the profile's order; both are of one league."""
    both = (
        Spoke(name.replace("_", " "), *_z(home, name), *_z(away, name))
        for name in (each.dimension for each in home.dimensions)
    )
    known = [spoke for spoke in both if spoke.home is not None or spoke.away is not None]
    if len(known) <= _MOST_SPOKES:
        return known
    return [spoke for spoke in known if spoke.name.replace(" ", "_") in _TELLING][:_MOST_SPOKES]


def _radar(listed: Sequence[Spoke], sides: Sequence[str]) -> Radar | None:
    return radar(listed, sides) if len(listed) >= _FEWEST_SPOKES else None


def _z(dna: TeamDNA, name: str) -> tuple[float | None, float | None]:
    """Return z and its standard error, in standard deviations between teams."""
    found = dna.dimension(name)
    return (found.z, found.z_error) if found else (None, None)


def _is_quarter(period: str) -> bool:
    if not period.startswith("minutes_"):
        return False
    first, last = _minutes(period)
    return last - first < 15  # noqa: PLR2004 - a quarter of an hour


def _minutes(period: str) -> tuple[int, int]:
    first, last = map(int, period.removeprefix("minutes_").split("_"))
    return first, last
