"""Play the rest of a season many times, from what was known at a moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from monps.domain.football import Competition, Fixture
from monps.domain.identifiers import Season
from monps.domain.season import LeagueRules, SeasonForecast, SeasonRequest, TableRow, TeamOutlook
from monps.errors import NotEnoughData
from monps.models import FittedScoreModel, ScoreModel
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.season import (
    USUAL_SETS,
    LeagueSeason,
    SimulatedSeasons,
    draw_grids,
    fixtures_of,
    league_table,
    remaining,
    results_of,
    rules_of,
    simulate,
    with_zones,
)
from monps.services.fit import kept_fit
from monps.services.history import read_matches, require_competition
from monps.tables.encode import TeamIndex
from monps.tables.matches import MatchTable


def simulate_season(
    open_work: UnitOfWorkFactory,
    model: ScoreModel,
    request: SeasonRequest,
    *,
    now: datetime,
    freshness: timedelta,
) -> SeasonForecast:
    """Fit the competition as it was known at a moment, and play what was left of its season many times.

    What is left is the round-robin less the results known then. Which clubs take part is known before a
    season begins, so that is not cut at the moment.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read.
    model : ScoreModel
        The recipe.
    request : SeasonRequest
        Which season, from which moment, how often.
    now : datetime
        The present; the default moment.
    freshness : timedelta
        Data older than this brings a warning.

    Raises
    ------
    UnknownNameError
        If the competition, the tie-break rule, or a team with a deduction is unknown.
    UsageError
        If a deduction is not a number of points taken away.
    NotEnoughData
        If nothing of the season is known, or its fixtures cannot be.
    """
    as_of = request.as_of or now
    with open_work() as work:
        competition = require_competition(work, request.competition)
        known = _Known.read(work, competition, request.season, as_of)
        fitted = kept_fit(work, model, competition.code, as_of)
    rules = with_zones(rules_of(competition, request.tie_break), request.zones)
    return _forecast(
        known, fitted or model.fit(known.table, as_of), rules, request=request, freshness=freshness
    )


@dataclass(frozen=True, eq=False)
class _Known:
    """What was known at a moment: results of all seasons, and the clubs and fixtures of one."""

    competition: Competition
    season: Season
    table: MatchTable
    clubs: Sequence[str]
    fixtures: Sequence[Fixture]

    @classmethod
    def read(
        cls, work: UnitOfWork, competition: Competition, season: Season | None, as_of: datetime
    ) -> "_Known":
        """Read it; without a season, the latest of which anything was known."""
        table = read_matches(work, [competition.code], as_of)
        fixtures = [row.fixture for row in work.matches.fixtures([competition.code], as_of)]
        latest = max([int(table.column("season").max()), *(each.key.season.start for each in fixtures)])
        chosen = season or Season(start=latest)
        clubs = work.matches.teams(competition.code, chosen)
        if not clubs:
            raise NotEnoughData(f"no club of {competition.code} {chosen.label} is known")
        own = tuple(each for each in fixtures if each.key.season == chosen)
        return cls(competition, chosen, table, clubs, own)

    def league(self, meetings: int | None) -> LeagueSeason:
        """Return the season, part played, part to be played.

        Raises
        ------
        NotEnoughData
            If its fixtures cannot be known, and none is listed.
        """
        if meetings is None and not self.fixtures:
            raise NotEnoughData(
                f"{self.competition.code} splits in spring: its fixtures are known only as they are listed, "
                "and none is; ingest a file that has them"
            )
        teams = TeamIndex.of(self.clubs)
        results = results_of(self.played(self.season.start), teams)
        left = remaining(len(teams), results, fixtures_of(self.fixtures, teams), meetings=meetings)
        return LeagueSeason(teams, results, left)

    def played(self, start: int) -> MatchTable:
        """Return the results of one season."""
        return self.table.where(pl.col("season") == start)


def _forecast(
    known: _Known,
    fitted: FittedScoreModel,
    rules: LeagueRules,
    *,
    request: SeasonRequest,
    freshness: timedelta,
) -> SeasonForecast:
    league = known.league(rules.meetings)
    taken = league.deductions(request.deductions)
    sets = min(USUAL_SETS, request.runs) if request.uncertain_strengths else 1
    for_strengths, for_scores = np.random.default_rng(request.seed).spawn(2)
    draws = draw_grids(fitted, league, request.runs, for_strengths, sets=sets)
    simulated = simulate(league, draws, rules.criteria, for_scores, deductions=taken)
    table = league_table(league, rules, taken)
    return SeasonForecast(
        competition=known.competition.code,
        season=known.season,
        as_of=fitted.report.as_of,
        model=fitted.report.model,
        runs=simulated.runs,
        seed=request.seed,
        strength_draws=sets,
        rules=rules,
        played=len(league.results.home),
        remaining=len(league.fixtures.home),
        table=table,
        teams=tuple(_outlooks(simulated, rules, table)),
        warnings=tuple(_warnings(known, league, rules, as_of=fitted.report.as_of, freshness=freshness)),
    )


def _outlooks(
    simulated: SimulatedSeasons, rules: LeagueRules, table: Sequence[TableRow]
) -> Iterator[TeamOutlook]:
    """Yield each team's outlook, the best expected position first."""
    places = simulated.position_chances()
    expected = places @ np.arange(1, len(places) + 1)
    points, interval = simulated.expected_points(), simulated.points_interval()
    zones = {zone.name: simulated.zone_chances(zone) for zone in rules.zones}
    now = {row.team: row.points for row in table}
    for team in np.lexsort((-points, expected)).tolist():
        name = simulated.teams.names[team]
        low, high = interval[team].tolist()
        yield TeamOutlook(
            team=name,
            points=now[name],
            expected_points=points[team],
            points_interval=(low, high),
            expected_position=expected[team],
            positions=tuple(places[team].tolist()),
            chances={zone: float(chance[team]) for zone, chance in zones.items()},
        )


def _warnings(
    known: _Known, league: LeagueSeason, rules: LeagueRules, *, as_of: datetime, freshness: timedelta
) -> Iterator[str]:
    age = as_of - known.table.last_known_at()
    if age > freshness and len(league.fixtures.home):
        yield f"the newest result is {age.days} days old"
    before = len(known.played(known.season.start - 1).teams)
    if len(league.teams) < before:
        yield f"{len(league.teams)} clubs are known, {before} played the season before: some may be missing"
    if rules.meetings is None:
        yield "the season splits in spring: only the fixtures that are listed were played"
