"""Style and friction walk-forward on five leagues: ``python -m benchmarks style``.

Every season is forecast from those before it, as the agent of style does in ``monps backtest``. Results,
their statistics and closing odds of past matches are used, and referees: outside England, football-data's
files name none. So the store is read; ``monps ingest`` fills it, with referees by ``table`` or ``fbref``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from benchmarks import data
from benchmarks.report import Cell, Report
from monps.agents.style_walk import Outlook, StyleRecipe, StyleWalk
from monps.numerics.resample import bootstrap_mean
from monps.ratings.level import sums_known

FIRST, LAST = 2018, 2022
PARTS = {"goals": "goals", "corners": "corners", "cards": "cards", "first_half": "first-half share"}
NOTES = (
    "Nats gained per match-side, above 0 where better; 95 % intervals by a bootstrap of match days.",
    """Counts as Poisson, shares as binomial. 'league': each league's mean of the last year, at home and
away; 'league, pooled': both sides alike.""",
    """'friction': learned and chosen before each season, whatever the gate says; 'friction, gated': what
prices get. 'open': seasons in which the gate was open.""",
)


def measure() -> Report:
    """Judge style against the league's means, and friction against style without it."""
    history = data.stored_history(data.FIVE, datetime(LAST + 1, 7, 1, tzinfo=UTC))
    walk = StyleWalk(history, StyleRecipe(), LAST)
    share = history.matches.frame["referee"].is_not_null().mean()
    notes = (*NOTES, f"A referee is named in {share:.0%} of the matches.")
    return Report(f"Style and friction, {FIRST}/{FIRST - 1999}–{LAST}/{LAST - 1999}", _rows(walk), notes)


def _rows(walk: StyleWalk) -> Iterator[dict[str, Cell]]:
    for part, name in PARTS.items():
        outlook: Outlook = getattr(walk, part)
        rows = _judged(walk, outlook)
        target, days = outlook.target.where(rows), np.floor(walk.history.matches.kickoff_days[rows])
        effects = {"friction": outlook.friction.effects, "friction, gated": outlook.friction.gated}
        gains = {label: target.gain(each[rows]) for label, each in effects.items()}
        if part != "first_half":
            for label, mean in _yardsticks(walk, outlook.target.counts).items():
                against = np.log(outlook.expected[rows] / mean[rows])
                moved = target._replace(expected=mean[rows])
                gains[f"style and friction over {label}"] = moved.gain(against)
        opened = [
            season
            for season, lesson in outlook.friction.lessons.items()
            if season >= FIRST and lesson.is_open
        ]
        for label, gain in gains.items():
            found = bootstrap_mean(gain.mean(axis=1), days, np.random.default_rng(1))
            yield {
                "target": name,
                "what": label,
                "match-sides": 2 * int(rows.sum()),
                "gain": f"{found.mean:+.5f}",
                "interval": f"{found.low:+.5f} … {found.high:+.5f}",
                "open": f"{len(opened)} of {LAST - FIRST + 1}" if label.startswith("friction") else "",
            }


def _judged(walk: StyleWalk, outlook: Outlook) -> np.ndarray:
    season = walk.history.matches.column("season")
    told = np.isfinite(outlook.target.counts) & np.isfinite(outlook.target.expected)
    return np.asarray((season >= FIRST) & (season <= LAST) & told.all(axis=1))


def _yardsticks(walk: StyleWalk, counts: np.ndarray) -> dict[str, np.ndarray]:
    """Return the league's means of the last year, shape (n, 2): by venue, and of both sides alike."""
    sums = sums_known(
        walk.history.matches, np.concatenate([counts, np.ones((len(counts), 1))], axis=1), 365.0
    )
    matches = np.where(sums[:, 2:] > 0, sums[:, 2:], np.nan)
    apart = sums[:, :2] / matches
    return {"league": apart, "league, pooled": np.repeat(apart.mean(axis=1, keepdims=True), 2, axis=1)}
