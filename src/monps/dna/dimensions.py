"""What a profile is made of: every dimension is one count per another, of a side's own doing or suffering."""

from monps.domain.base import Noun
from monps.domain.features import DimensionName

UNDERSTAT, SHOTS, POSSESSION, LINE_UPS, PRICES = (
    "Understat's team matches",
    "a source of single shots",
    "a source that counts passes, such as a table in WhoScored's manner",
    "a source of line-ups with expected goals",
    "closing odds",
)


class Dimension(Noun):
    """A recipe: counts of one kind per counts of another, scaled to a unit that people use.

    Parameters
    ----------
    name, group, unit, words : str
        How it is called, where it belongs, in what it is told, and what it means.
    count, per : str
        Names of measures.
    suffered : bool
        Whether the opponents' counts are taken.
    scale : float
        By what to multiply.
    by_venue : bool
        Whether home and away are told apart.
    repeats : bool
        Whether it was found to repeat itself; see the page on its reliability.
    needs : str or None
        What has to be brought where results and their statistics do not suffice.
    """

    name: DimensionName
    group: str
    unit: str
    words: str
    count: str
    per: str = "matches"
    suffered: bool = False
    scale: float = 1.0
    by_venue: bool = False
    repeats: bool = True
    needs: str | None = None


def _made(group: str, needs: str | None, *rows: dict[str, object]) -> tuple[Dimension, ...]:
    return tuple(Dimension.model_validate({"group": group, "needs": needs, **row}) for row in rows)


def _percent(name: str, count: str, per: str, words: str, **more: object) -> dict[str, object]:
    return {"name": name, "count": count, "per": per, "words": words, "unit": "%", "scale": 100.0, **more}


def _each(name: str, count: str, words: str, **more: object) -> dict[str, object]:
    return {"name": name, "count": count, "words": words, "unit": "a match", **more}


ALL = (
    *_made(
        "strength", None,
        _each("attack", "goals", "goals scored", by_venue=True),
        _each("defence", "goals", "goals conceded", suffered=True, by_venue=True),
        _each("shots", "shots", "shots taken", by_venue=True),
        _each("shots_allowed", "shots", "shots allowed", suffered=True, by_venue=True),
    ),
    *_made(
        "strength", UNDERSTAT,
        _each("chances", "non_penalty_expected_goals", "expected goals without penalties", by_venue=True),
        _each("chances_allowed", "non_penalty_expected_goals", "expected goals allowed, without penalties",
              suffered=True, by_venue=True),
    ),
    *_made(
        "shooting", None,
        _percent("shot_share", "shots", "shots_by_both", "of both sides' shots", by_venue=True),
        _each("tempo", "shots_by_both", "shots of both sides"),
        _percent("accuracy", "shots_on_target", "shots", "shots that are on target"),
        _percent("accuracy_allowed", "shots_on_target", "shots", "opponents' shots that are on target",
                 suffered=True, repeats=False),
        _percent("finishing", "goals", "shots_on_target", "shots on target that go in", repeats=False),
        _percent("goalkeeping", "goals", "shots_on_target", "opponents' shots on target that go in",
                 suffered=True, repeats=False),
    ),
    *_made(
        "shooting", SHOTS,
        _percent("shot_quality", "shot_quality", "counted_shots", "expected goals of a shot"),
        _percent("shot_quality_allowed", "shot_quality", "counted_shots", "that of opponents' shots",
                 suffered=True),
        _percent("box_shots", "box_shots", "counted_shots", "shots from inside the penalty area"),
    ),
    *_made(
        "possession", POSSESSION,
        {"name": "possession", "unit": "%", "words": "share of the ball", "count": "possession",
         "by_venue": True},
        _each("passes", "passes", "passes"),
        _percent("pass_accuracy", "passes_completed", "passes", "passes that arrive"),
        {"name": "directness", "unit": "per 100 passes", "words": "shots per pass", "count": "shots",
         "per": "passes", "scale": 100.0},
        _each("dribbles", "dribbles", "dribbles tried"),
    ),
    *_made(
        "possession", UNDERSTAT,
        _percent("field_tilt", "deep_completions", "deep_by_both", "of both sides' passes near the goal",
                 by_venue=True),
    ),
    *_made(
        "pressing", UNDERSTAT,
        {"name": "pressing", "unit": "passes", "words": "passes allowed per defensive action (fewer: harder)",
         "count": "ppda_passes", "per": "ppda_actions"},
        {"name": "pressing_faced", "unit": "passes",
         "words": "passes played per opponents' defensive action (more: less pressed)",
         "count": "ppda_allowed_passes", "per": "ppda_allowed_actions"},
    ),
    *_made(
        "defending", POSSESSION,
        _each("tackles", "tackles", "tackles"),
        _each("interceptions", "interceptions", "interceptions"),
        _each("clearances", "clearances", "clearances"),
        _each("offsides", "offsides", "times caught offside"),
    ),
    *_made(
        "wide and high", None,
        _each("corners", "corners", "corners won", by_venue=True),
        _each("corners_allowed", "corners", "corners conceded", suffered=True, by_venue=True),
        {"name": "width", "unit": "per 10 shots", "words": "corners per shot", "count": "corners",
         "per": "shots", "scale": 10.0},
    ),
    *_made(
        "wide and high", POSSESSION,
        _each("duels_in_the_air", "aerials", "duels in the air, of both sides"),
        _percent("aerial_success", "aerials_won", "aerials", "duels in the air that are won"),
    ),
    *_made(
        "set pieces", SHOTS,
        _percent("set_pieces", "set_piece_shots", "counted_shots", "shots after set pieces"),
        _percent("set_pieces_allowed", "set_piece_shots", "counted_shots", "those of opponents",
                 suffered=True, repeats=False),
        _percent("headers", "headers", "counted_shots", "shots that are headed"),
    ),
    *_made(
        "timing", None,
        _percent("early_goals", "half_time_goals", "goals", "goals before half-time", repeats=False),
        _percent("early_goals_conceded", "half_time_goals", "goals", "conceded goals before half-time",
                 suffered=True, repeats=False),
    ),
    *_made(
        "timing", SHOTS,
        _percent("first_half_shots", "first_half_shots", "counted_shots", "before half-time", repeats=False),
        _percent("late_shots", "late_shots", "counted_shots", "after minute 75", repeats=False),
    ),
    *_made(
        "game state", SHOTS,
        _percent("shots_when_ahead", "shots_ahead", "shots_while_ahead", "of both sides' shots while ahead"),
        _percent("shots_when_behind", "shots_behind", "shots_while_behind",
                 "of both sides' shots while behind"),
    ),
    *_made(
        "discipline", None,
        _each("fouls", "fouls", "fouls"),
        _each("fouls_suffered", "fouls", "fouls suffered", suffered=True),
        _each("cards", "cards", "cards", by_venue=True),
        _each("cards_drawn", "cards", "opponents' cards", suffered=True, by_venue=True),
        {"name": "harshness", "unit": "per 10 fouls", "words": "cards per foul", "count": "cards",
         "per": "fouls", "scale": 10.0},
    ),
    *_made(
        "roster", LINE_UPS,
        _percent("leader", "leader_done", "leader_all", "of the expected goals by the leading scorer"),
        _percent("creator", "creator_done", "creator_all", "of the expected assists by the leading creator"),
        {"name": "rotation", "unit": "of 11", "words": "starters changed from the match before",
         "count": "changes", "per": "starters", "scale": 11.0},
    ),
    *_made(
        "market", PRICES,
        _each("standing", "implied_goals", "goals that closing odds expect", by_venue=True),
        _percent("superiority", "implied_goals", "implied_by_both",
                 "of both sides' goals that closing odds expect", by_venue=True),
        _each("standing_allowed", "implied_goals", "goals conceded that closing odds expect", suffered=True,
              by_venue=True),
        _percent("above_the_market", "goals", "implied_goals", "of the goals that closing odds expected",
                 repeats=False),
        _percent("below_the_market", "goals", "implied_goals",
                 "of the conceded goals that closing odds expected", suffered=True, repeats=False),
    ),
)  # fmt: skip
"""Every dimension, by group."""
