"""From rows of text to drafts of matches: everything that can be judged by looking at one row."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from monps.domain.football import MAX_GOALS, Competition, Score
from monps.sources.football_data.cells import read_date, read_time, read_whole
from monps.sources.football_data.divisions import division
from monps.sources.football_data.layout import Facts, Layout
from monps.sources.football_data.moments import kickoff_at
from monps.sources.football_data.refusals import Refusals, RowRefused
from monps.sources.football_data.sheet import Cells, Row

_LONGEST_NAME = 120
_UNREADABLE = "\ufffd"


class Draft(NamedTuple):
    """A row whose own cells agree with each other; ``score`` is None while it is to be played."""

    line: int
    cells: Cells
    competition: Competition
    day: date
    kickoff: datetime
    kickoff_known: bool
    home: str
    away: str
    score: Score | None
    half_time: Score | None
    referee: str | None


def read_drafts(rows: Iterable[Row], layout: Layout, refusals: Refusals) -> Iterator[Draft]:
    """Read each row, and note those that are refused."""
    for row in rows:
        try:
            yield _draft(row, layout.facts(row.cells), refusals)
        except RowRefused as refused:
            refusals.add(row.line, str(refused))


def _draft(row: Row, facts: Facts, refusals: Refusals) -> Draft:
    competition, day = _competition(facts.division), _day(facts.date)
    clock = read_time(facts.time)
    if facts.time and clock is None:
        refusals.add(row.line, f"{facts.time!r} is no time of day; only the day was kept")
    home, away = _teams(facts)
    score = _full_time(facts)
    return Draft(
        line=row.line,
        cells=row.cells,
        competition=competition,
        day=day,
        kickoff=kickoff_at(day, clock),
        kickoff_known=clock is not None,
        home=home,
        away=away,
        score=score,
        half_time=_half_time(row, facts, score, refusals) if score else None,
        referee=_referee(row, facts.referee, refusals),
    )


def _referee(row: Row, name: str, refusals: Refusals) -> str | None:
    if not name or name.isprintable():
        return name or None
    refusals.add(row.line, f"{name!r} is no referee's name; the match was kept without it")
    return None


@lru_cache(maxsize=256)
def _competition(code: str) -> Competition:
    found = division(code)
    if found is None:
        raise RowRefused(f"{code!r} is no division code" if code else "the division (Div) is missing")
    return found


def _day(text: str) -> date:
    day = read_date(text)
    if day is None:
        raise RowRefused(f"{text!r} is no date" if text else "the date is missing")
    return day


def _teams(facts: Facts) -> tuple[str, str]:
    if facts.home == facts.away and facts.home:
        raise RowRefused(f"{facts.home} cannot play itself")
    return _team("home", facts.home), _team("away", facts.away)


def _team(side: str, name: str) -> str:
    if not name:
        raise RowRefused(f"the {side} team is missing")
    if _UNREADABLE in name or not name.isprintable() or len(name) > _LONGEST_NAME:
        raise RowRefused(f"the {side} team's name cannot be read: {name[:_LONGEST_NAME]!r}")
    return sys.intern(name)


def _full_time(facts: Facts) -> Score | None:
    score = _score(facts.home_goals, facts.away_goals)
    if score and facts.result and facts.result.upper() != _outcome(score):
        raise RowRefused(f"the result {facts.result!r} contradicts the goals {score.home}-{score.away}")
    return score


def _half_time(row: Row, facts: Facts, score: Score, refusals: Refusals) -> Score | None:
    try:
        half = _score(facts.home_half_time_goals, facts.away_half_time_goals)
    except RowRefused as refused:
        refusals.add(row.line, f"half-time: {refused}; it was left out")
        return None
    if half and (half.home > score.home or half.away > score.away):
        goals = f"{half.home}-{half.away} at half-time, {score.home}-{score.away} at full time"
        raise RowRefused(f"goals cannot be taken back: {goals}")
    if half and facts.half_time_result and facts.half_time_result.upper() != _outcome(half):
        refusals.add(
            row.line, f"half-time: {facts.half_time_result!r} contradicts the goals; it was left out"
        )
        return None
    return half


@lru_cache(maxsize=1024)
def _score(home: str, away: str) -> Score | None:
    goals = [read_whole(home), read_whole(away)]
    if goals == [None, None]:
        return None
    for text, number in zip((home, away), goals, strict=True):
        if number is None:
            raise RowRefused("one side's goals are missing")
        if not 0 <= number <= MAX_GOALS:
            raise RowRefused(f"{text!r} is no number of goals")
    return Score(home=goals[0], away=goals[1])


def _outcome(score: Score) -> str:
    if score.home == score.away:
        return "D"
    return "H" if score.home > score.away else "A"
