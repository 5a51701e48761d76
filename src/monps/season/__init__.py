"""The rest of a season, played many times on the scoreline grids."""

from monps.season.fixtures import Fixtures, Results, fixtures_of, remaining, results_of
from monps.season.grids import USUAL_SETS, draw_grids
from monps.season.league import LeagueSeason
from monps.season.rules import TIE_BREAKS, rules_of, with_zones
from monps.season.simulate import SimulatedSeasons, simulate
from monps.season.strengths import draw_strengths, with_newcomers
from monps.season.table import league_table

__all__ = [
    "TIE_BREAKS",
    "USUAL_SETS",
    "Fixtures",
    "LeagueSeason",
    "Results",
    "SimulatedSeasons",
    "draw_grids",
    "draw_strengths",
    "fixtures_of",
    "league_table",
    "remaining",
    "results_of",
    "rules_of",
    "simulate",
    "with_newcomers",
    "with_zones",
]
