"""Who scores at all: both teams to score, clean sheets, win to nil."""

from monps.markets.base import WITH_HALVES, Family
from monps.markets.rules import yes_no

BOTH_TEAMS_TO_SCORE = Family(
    "both_teams_to_score",
    yes_no(lambda home, away: (home > 0) & (away > 0), "Yes wins if both sides score."),
    WITH_HALVES,
)
HOME_CLEAN_SHEET = Family(
    "home_clean_sheet",
    yes_no(lambda _home, away: away == 0, "Yes wins if the away side does not score."),
    WITH_HALVES,
)
AWAY_CLEAN_SHEET = Family(
    "away_clean_sheet",
    yes_no(lambda home, _away: home == 0, "Yes wins if the home side does not score."),
    WITH_HALVES,
)
HOME_WIN_TO_NIL = Family(
    "home_win_to_nil",
    yes_no(
        lambda home, away: (home > 0) & (away == 0),
        "Yes wins if the home side wins and the away side has no goal.",
    ),
)
AWAY_WIN_TO_NIL = Family(
    "away_win_to_nil",
    yes_no(
        lambda home, away: (home == 0) & (away > 0),
        "Yes wins if the away side wins and the home side has no goal.",
    ),
)
