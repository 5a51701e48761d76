"""Teams: their style and strengths through time, and their results beside what was expected."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from monps.bootstrap import Application
from monps.dna.measures import Measures
from monps.domain.features import TeamDNA
from monps.domain.football import Competition
from monps.errors import MonpsError
from monps.services.features import profiles_in
from monps.services.history import require_competition
from monps.services.queries import list_competitions, list_teams
from monps.services.style_history import GROUPS, PastStyle, past_styles
from monps.services.team_record import TeamRecord, team_record
from monps.web.desk import Desk, Memory, Remembered
from monps.web.insight import measures_of
from monps.web.refusals import Refusal
from monps.web.rendering import page
from monps.web.views import team_pictures as view
from monps.web.views.match_pictures import profile_picture

router = APIRouter()
Found = TypeVar("Found")


@router.get("/team")
def show_teams(request: Request, desk: Desk) -> HTMLResponse:
    """List the teams of every competition's last season."""
    listed = [(each, list_teams(desk.open_work, each.code)) for each in list_competitions(desk.open_work)]
    return page(request, "teams.html", competitions=listed)


@router.get("/team/{competition}/{team:path}")
def show_team(
    request: Request,
    desk: Desk,
    memory: Remembered,
    *,
    competition: str,
    team: str,
    style: str = GROUPS[0],
) -> HTMLResponse:
    """Show one team; ``style`` is the group of dimensions that is shown through time."""
    if style not in GROUPS:
        raise Refusal(404, "There is no such page.")
    asked = _Asked(desk, memory, competition, team)
    parts = {**_record_parts(asked), **_dna_parts(asked), **_past_parts(asked, style)}
    return page(
        request, "team.html", team=team, competition=asked.found, as_of=asked.now, style=style, **parts
    )


class _Asked:
    """One team, and what is known of it; answers are kept until the data change or the day ends."""

    def __init__(self, desk: Application, memory: Memory, competition: str, team: str) -> None:
        self.desk, self.memory, self.competition, self.team = desk, memory, competition, team
        self.now = desk.clock.now()
        with desk.open_work() as work:
            self._version = work.matches.data_version([competition])

    @property
    def found(self) -> Competition:
        """The competition; it must be in the store."""
        with self.desk.open_work() as work:
            return require_competition(work, self.competition)

    def measures(self) -> Measures:
        """Return what was counted of the competition."""
        return measures_of(self.desk, self.memory, self.competition, self.now)

    def ask(self, kind: str, make: Callable[[], Found]) -> tuple[Found | None, str]:
        """Return an answer, or why there is none."""
        key = (kind, self.competition, self.team, self._version, self.now.date())
        try:
            return self.memory.answers.get(key, make), ""
        except MonpsError as error:
            return None, str(error)


def _record_parts(asked: _Asked) -> dict[str, Any]:
    record, missing = asked.ask("record", lambda: _look_back(asked))
    if record is None:
        return {"strengths": None, "strengths_missing": missing, "results": (), "expectation": None}
    return {
        "strengths": view.strengths_picture(record.strengths),
        "strengths_missing": "",
        "results": tuple(reversed(record.results)),
        "expectation": view.expectation_picture(record.results),
    }


def _dna_parts(asked: _Asked) -> dict[str, Any]:
    def find() -> TeamDNA:
        [dna] = profiles_in(asked.measures(), asked.competition, asked.now, (asked.team,))
        return dna

    dna, missing = asked.ask("dna", find)
    return {"dna": dna, "dna_missing": missing, "profile": profile_picture(dna) if dna else None}


def _past_parts(asked: _Asked, group: str) -> dict[str, Any]:
    def find() -> tuple[PastStyle, ...]:
        return past_styles(asked.measures(), asked.team, group)

    past, missing = asked.ask(f"past {group}", find)
    curves = view.style_curves(past) if past else ()
    return {"groups": GROUPS, "dna_curves": curves, "curves_missing": missing}


def _look_back(asked: _Asked) -> TeamRecord:
    from monps.agents import AGENTS  # noqa: PLC0415 - pages that need none start quicker
    from monps.models import DixonColes  # noqa: PLC0415 - likewise

    return team_record(
        asked.desk.open_work,
        asked.competition,
        asked.team,
        model=DixonColes(),
        agent=AGENTS["dixon_coles"],
        as_of=asked.now,
    )
