"""Plain names for markets, selections and dimensions, which messages then translate."""

from monps.domain.market import MarketKey
from monps.web.writing import Writer

GROUPS: dict[str, tuple[str, ...]] = {
    "Result": ("match_result", "double_chance", "draw_no_bet", "winning_margin"),
    "Goals": (
        "totals", "home_totals", "away_totals", "exact_goals", "home_exact_goals", "away_exact_goals",
        "goal_ranges", "multigoals", "odd_even",
    ),
    "Both teams to score": (
        "both_teams_to_score", "home_clean_sheet", "away_clean_sheet", "home_win_to_nil", "away_win_to_nil",
    ),
    "Handicaps": ("asian_handicap", "european_handicap"),
    "Correct score": ("correct_score",),
    "Halves": (
        "half_time_full_time", "half_with_most_goals", "both_halves_over", "both_halves_under",
        "both_teams_to_score_in_both_halves", "home_to_win_either_half", "away_to_win_either_half",
        "home_to_win_both_halves", "away_to_win_both_halves", "home_to_score_in_both_halves",
        "away_to_score_in_both_halves",
    ),
    "Order and time of goals": (
        "first_to_score", "last_to_score", "nth_goal", "race_to_goals", "time_of_first_goal",
        "half_of_first_goal",
    ),
    "Combined": (
        "match_result_and_both_teams_to_score", "match_result_and_totals", "both_teams_to_score_and_totals",
        "double_chance_and_both_teams_to_score", "double_chance_and_totals",
    ),
    "Corners": (
        "corners_most", "corners_totals", "corners_home_totals", "corners_away_totals",
        "corners_asian_handicap", "corners_ranges", "corners_odd_even",
    ),
    "Cards": (
        "cards_most", "cards_totals", "cards_home_totals", "cards_away_totals", "cards_asian_handicap",
        "cards_ranges", "cards_odd_even",
    ),
}  # fmt: skip
"""Families of markets under the headings by which people look for them."""
OTHER_GROUP = "Other"


def group_of(family: str) -> str:
    """Return the heading under which a family stands."""
    return next((group for group, families in GROUPS.items() if family in families), OTHER_GROUP)


def market_name(key: MarketKey, writer: Writer) -> str:
    """Write a market's name.

    Examples
    --------
    >>> market_name(MarketKey("totals", 2.5, "first_half"), Writer())
    'Total goals 2.5, first half'
    """
    line = "" if key.line is None else f" {_line(key, writer)}"
    period = "" if key.period == "full_time" else f", {writer.message(_plain(key.period))}"
    return f"{writer.message(FAMILY_NAMES.get(key.family, _plain(key.family).capitalize()))}{line}{period}"


def market_of(text: str) -> MarketKey:
    """Read a market back from how ``str`` writes it.

    Examples
    --------
    >>> market_of("first_half totals 0.5")
    MarketKey(family='totals', line=0.5, period='first_half')
    >>> market_of("match_result")
    MarketKey(family='match_result', line=None, period='full_time')
    """
    words = text.split()
    line = float(words.pop()) if words[-1].lstrip("-").replace(".", "", 1).isdigit() else None
    period = words.pop(0) if len(words) > 1 else "full_time"
    return MarketKey(words[0], line, period)


def selection_name(selection: str, writer: Writer, home: str, away: str) -> str:
    """Write what is backed, with the teams' own names.

    Examples
    --------
    >>> selection_name("home_and_yes", Writer(), "Ashgrave", "Barrowmere")
    'Ashgrave and yes'
    >>> selection_name("home/draw", Writer(), "Ashgrave", "Barrowmere")
    'Ashgrave / draw'
    """
    names = {"home": home, "away": away}
    words = [
        [names.get(word) or writer.message(word) for word in part.split("_")] for part in selection.split("/")
    ]
    if selection.startswith(("minutes_", "any_other")):
        return writer.message(_plain(selection))
    return " / ".join(" ".join(part) for part in words)


def competition_name(name: str) -> str:
    """Write a competition's name; one that no catalogue knows has its code.

    Examples
    --------
    >>> competition_name("SIM1 (not in the catalogue)")
    'SIM1'
    """
    return name.partition(" (not in")[0]


def _line(key: MarketKey, writer: Writer) -> str:
    """Handicaps have a sign, and quarters two places."""
    line = key.line or 0.0
    places = 0 if line.is_integer() else 1 if (2 * line).is_integer() else 2
    signed = key.family.endswith("handicap") and line
    return writer.signed(line, places) if signed else writer.number(line, places)


def _plain(name: str) -> str:
    """Write a code as words: ``minutes_1_15`` becomes ``minutes 1–15``."""
    if name.startswith("minutes_"):
        return "minutes {}–{}".format(*name.split("_")[1:])
    return name.replace("_", " ")


FAMILY_NAMES = {
    "match_result": "Match result",
    "draw_no_bet": "Draw no bet",
    "totals": "Total goals",
    "home_totals": "Home goals",
    "away_totals": "Away goals",
    "home_clean_sheet": "Home keeps a clean sheet",
    "away_clean_sheet": "Away keeps a clean sheet",
    "home_win_to_nil": "Home wins to nil",
    "away_win_to_nil": "Away wins to nil",
    "exact_goals": "Exact number of goals",
    "home_exact_goals": "Exact number of home goals",
    "away_exact_goals": "Exact number of away goals",
    "odd_even": "Odd or even",
    "half_time_full_time": "Half-time / full time",
    "match_result_and_both_teams_to_score": "Result and both teams to score",
    "match_result_and_totals": "Result and total goals",
    "both_teams_to_score_and_totals": "Both teams to score and total goals",
    "double_chance_and_totals": "Double chance and total goals",
    "nth_goal": "Who scores goal",
    "race_to_goals": "Race to goals",
    "corners_most": "Most corners",
    "corners_totals": "Total corners",
    "corners_home_totals": "Home corners",
    "corners_away_totals": "Away corners",
    "corners_asian_handicap": "Asian handicap on corners",
    "corners_ranges": "Corners, in ranges",
    "corners_odd_even": "Corners odd or even",
    "cards_most": "Most cards",
    "cards_totals": "Total cards",
    "cards_home_totals": "Home cards",
    "cards_away_totals": "Away cards",
    "cards_asian_handicap": "Asian handicap on cards",
    "cards_ranges": "Cards, in ranges",
    "cards_odd_even": "Cards odd or even",
}
"""Where the code with blanks does not say it well."""
