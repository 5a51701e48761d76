"""Teams: their style, their strengths through time, and their results beside what was expected."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from monps.bootstrap import Application
from monps.domain.features import TeamDNA
from monps.errors import MonpsError, NotEnoughData
from monps.services.features import team_dna
from monps.services.queries import list_competitions, list_teams
from monps.services.team_record import TeamRecord, TeamResult, team_record
from monps.web.desk import Desk, Kept, Memory
from monps.web.pictures.curve import Curve, Series, curve
from monps.web.rendering import page
from monps.web.views.match_pictures import profile_picture

router = APIRouter()
_TWO_SIDED = 1.96


@router.get("/team")
def show_teams(request: Request, desk: Desk) -> HTMLResponse:
    """List the teams of every competition's last season."""
    listed = [(each, list_teams(desk.open_work, each.code)) for each in list_competitions(desk.open_work)]
    return page(request, "teams.html", competitions=listed)


@router.get("/team/{competition}/{team:path}")
def show_team(request: Request, desk: Desk, memory: Memory, *, competition: str, team: str) -> HTMLResponse:
    """Show one team."""
    found = next((each for each in list_competitions(desk.open_work) if each.code == competition), None)
    record, missing = _record(desk, memory, competition, team)
    dna, dna_missing = _dna(desk, memory, competition, team)
    return page(
        request,
        "team.html",
        team=team,
        competition=found,
        as_of=desk.clock.now(),
        strengths=_strengths(record) if record else None,
        strengths_missing=missing,
        results=tuple(reversed(record.results)) if record else (),
        expectation=_expectation(record.results) if record else None,
        dna=dna,
        dna_missing=dna_missing,
        profile=profile_picture(dna, {}) if dna else None,
        dna_curves=(),

    )  # fmt: skip


def _record(desk: Application, memory: Kept, competition: str, team: str) -> tuple[TeamRecord | None, str]:
    """Return a team's record, or why there is none; one is kept until the data change or the day ends."""
    now = desk.clock.now()
    with desk.open_work() as work:
        version = work.matches.data_version([competition])
    key = ("team", competition, team, version, now.date())
    try:
        return memory.get(key, lambda: _look_back(desk, competition, team, now)), ""
    except NotEnoughData as error:
        return None, str(error)


def _dna(desk: Application, memory: Kept, competition: str, team: str) -> tuple[TeamDNA | None, str]:
    """Return a team's profile now, or why there is none."""
    now = desk.clock.now()
    with desk.open_work() as work:
        version = work.matches.data_version([competition])
    key = ("dna", competition, team, version, now.date())
    try:
        return memory.get(key, lambda: team_dna(desk.open_work, competition, team, as_of=now, now=now)), ""
    except MonpsError as error:
        return None, str(error)


def _look_back(desk: Application, competition: str, team: str, now: datetime) -> TeamRecord:
    from monps.agents import AGENTS  # noqa: PLC0415 - pages that need none start quicker
    from monps.models import DixonColes  # noqa: PLC0415 - likewise

    return team_record(
        desk.open_work, competition, team, model=DixonColes(), agent=AGENTS["dixon_coles"], as_of=now
    )


def _strengths(record: TeamRecord) -> Curve:
    """Draw attack and defence with their bands."""
    days = [each.as_of.date() for each in record.strengths]
    lines = (("attack", "home"), ("defence", "away"))
    series = [
        Series(
            name,
            tone,
            tuple(getattr(each, name) for each in record.strengths),
            *(
                tuple(
                    getattr(each, name) + side * _TWO_SIDED * getattr(each, f"{name}_error")
                    for each in record.strengths
                )
                for side in (-1, 1)
            ),
        )
        for name, tone in lines
    ]
    return curve(days, series, level=0.0, form="signed")


def _expectation(results: Sequence[TeamResult]) -> Curve | None:
    """Draw points above expectation, summed over the matches that have one."""
    judged = [each for each in results if each.expected_points is not None]
    if not judged:
        return None
    sums = tuple(accumulate(each.points - (each.expected_points or 0.0) for each in judged))
    days = [each.kickoff.date() for each in judged]
    return curve(
        days, [Series("points above expectation", "plain", sums)], level=0.0, form="signed", height=180
    )
