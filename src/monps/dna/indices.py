"""Every dimension of a team relative to its league, as known at any moment.

A side's count is compared with what the mean of its league, at home or away, let one expect, so that
hosts are not taken for better than guests, nor leagues for rougher than each other. Sums fade with age, and
are held to the league's mean as far as earlier seasons say that they are chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from pydantic import PositiveFloat

from monps.dna.credibility import Credibility, measure_credibility
from monps.dna.dimensions import Dimension
from monps.dna.measures import Measures
from monps.domain.base import Noun
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.running_sums import Observations, Questions, fading_sums
from monps.tables.matches import MatchTable


class ProfileSettings(Noun):
    """How profiles are made.

    Parameters
    ----------
    half_life_days : float
        Age at which a match weighs half for a team.
    league_half_life_days : float
        Age at which it weighs half for its league's means.
    """

    half_life_days: PositiveFloat = 250.0
    league_half_life_days: PositiveFloat = 500.0


LEAST_MATCHES = 8.0
"""A league's mean of fewer matches says nothing: about one round."""

VENUE_MATCHES = 20.0
"""So many matches make up for what a team does everywhere in what it does at home, or away."""

USUAL_PROFILES = ProfileSettings()


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """d dimensions of q teams (each at some moment), relative to their leagues' means: 1 is average.

    Parameters
    ----------
    value : ndarray, shape (q, d)
        Held to 1 as far as little is known; 1 where nothing is.
    error : ndarray, shape (q, d)
        Standard errors.
    matches : ndarray, shape (q, d)
        How many matches stand behind each, none of them faded.
    """

    value: Floats
    error: Floats
    matches: Floats


@dataclass(frozen=True, eq=False)
class Evidence:
    """Counts of both sides of n matches beside what their league let one expect, for d dimensions.

    Parameters
    ----------
    table : MatchTable
        The n matches; fixtures among them are only looked from.
    settings : ProfileSettings
    counted, expected : ndarray, shape (n, 2, d)
        0 where nobody counted, or nothing could be expected yet.
    per : ndarray, shape (n, 2, d)
        What is counted by: the denominators; 0 likewise.
    """

    table: MatchTable
    settings: ProfileSettings
    counted: Floats
    expected: Floats
    per: Floats

    @classmethod
    def of(
        cls,
        measures: Measures,
        dimensions: Sequence[Dimension],
        settings: ProfileSettings = USUAL_PROFILES,
    ) -> "Evidence":
        """Set out what dimensions count."""
        table = measures.table
        counted, per = (
            np.stack([_of_side(measures, getattr(each, part), each) for each in dimensions], axis=2)
            for part in ("count", "per")
        )
        known = np.isfinite(counted) & np.isfinite(per) & table.is_played[:, None, None]
        counted, per = np.where(known, counted, 0.0), np.where(known, per, 0.0)
        mean = _league_means(table, counted, per, settings.league_half_life_days)
        foreseen = known & np.isfinite(mean) & (mean > 0)
        expected = np.where(foreseen, mean, 0.0) * per
        return cls(table, settings, np.where(foreseen, counted, 0.0), expected, np.where(foreseen, per, 0.0))

    def only(self, dimensions: Bools) -> "Evidence":
        """Return the same of some dimensions, chosen by an array of shape (d,)."""
        parts = {name: getattr(self, name)[:, :, dimensions] for name in ("counted", "expected", "per")}
        return replace(self, **parts)

    def indices(self, days: Floats, teams: Ints, seasons: Ints, venue: int | None = None) -> Indices:
        """Return profiles of teams (numbers of ``teams``), each from a moment in a season.

        Parameters
        ----------
        days : ndarray, shape (q,)
            From when one looks.
        teams, seasons : ndarray of int, shape (q,)
            At whom, and in which season: what is chance was learned in those before.
        venue : {0, 1}, optional
            Only matches at home, or only those away.
        """
        counted, expected, matches = np.split(self._sums(days, teams, venue), 3, axis=1)
        prior, spread = self._credibility(days, teams, seasons)
        value = (counted + prior) / (expected + prior)
        return Indices(value, np.sqrt(spread * prior / (expected + prior)), matches)

    def at_venue(self, days: Floats, teams: Ints, overall: Floats, venue: int) -> Floats:
        """Shape (q, d): indices at home (0) or away (1) alone, held to what teams do everywhere, (q, d)."""
        counted, expected, _ = np.split(self._sums(days, teams, venue), 3, axis=1)
        held = VENUE_MATCHES * np.divide(
            self.expected.sum(axis=(0, 1)), np.maximum((self.expected > 0).sum(axis=(0, 1)), 1)
        )
        held = np.where(held > 0, held, 1.0)
        return np.asarray((counted + held * overall) / (expected + held))

    def on_mornings(self) -> Floats:
        """Shape (n, 2, d): logarithm of both sides' indices, as known on the morning of each match."""
        n, _, d = self.counted.shape
        days = np.floor(self.table.kickoff_days).repeat(2)
        seasons = self.table.column("season").astype(np.int64).repeat(2)
        return np.log(self.indices(days, self.team.ravel(), seasons).value).reshape(n, 2, d)

    def _sums(self, days: Floats, teams: Ints, venue: int | None) -> Floats:
        """Shape (q, 3 d): faded counts and expected counts, and the number of matches."""
        sides = slice(None) if venue is None else slice(venue, venue + 1)
        d = self.counted.shape[2]
        values = np.concatenate([self.counted[:, sides], self.expected[:, sides]], axis=2).reshape(-1, 2 * d)
        known = (self.expected[:, sides] > 0).astype(np.float64).reshape(-1, d)
        groups = self.team[:, sides].ravel()
        when = np.repeat(self.table.known_days, groups.size // max(len(self.table), 1))
        asked = Questions(days, teams)
        fading = fading_sums(Observations(when, groups, values), asked, self.settings.half_life_days)
        number = fading_sums(Observations(when, groups, known), asked, _NEVER_FADES)
        return np.concatenate([fading, np.round(number)], axis=1)

    @property
    def team(self) -> Ints:
        """Shape (n, 2): who played, as a number; one club in two competitions has two."""
        return self._encoded[0]

    @property
    def names(self) -> list[tuple[str, str]]:
        """Competition and name of every team, by number."""
        return self._encoded[1]

    @cached_property
    def _encoded(self) -> tuple[Ints, list[tuple[str, str]]]:
        codes, place = np.unique(self.table.frame["competition"].to_numpy(), return_inverse=True)
        sides = np.stack([self.table.home_index, self.table.away_index], axis=1)
        labels, numbers = np.unique(place[:, None] * len(self.table.teams) + sides, return_inverse=True)
        names = self.table.teams.names
        pairs = [(str(codes[each // len(names)]), names[each % len(names)]) for each in labels]
        return numbers.reshape(sides.shape), pairs

    def _credibility(self, days: Floats, teams: Ints, seasons: Ints) -> tuple[Floats, Floats]:
        """Shape (q, d) each: prior counts and spread, as learned from the seasons before."""
        asked = np.stack([self._competitions[teams], seasons], axis=1)
        chosen, place = np.unique(asked, axis=0, return_inverse=True)
        first = np.full(len(chosen), np.inf)
        np.minimum.at(first, place.ravel(), days)
        learned = [
            self._learned_before(int(code), int(season), float(day))
            for (code, season), day in zip(chosen, first, strict=True)
        ]
        priors, spreads = (
            np.stack([getattr(each, part) for each in learned]) for part in ("prior", "spread")
        )
        return priors[place.ravel()], spreads[place.ravel()]

    @cached_property
    def _competitions(self) -> Ints:
        """Shape (t,): each team's competition, as a number."""
        return np.unique([code for code, _ in self.names], return_inverse=True)[1]

    def _learned_before(self, competition: int, season: int, day: float) -> Credibility:
        """Learn what is chance from a competition's earlier seasons, as known when a season began."""
        league = self._competitions[self.team[:, 0]] == competition
        played = self.table.column("season").astype(np.int64)
        began = np.floor(self.table.kickoff_days[league & (played == season)].min(initial=day))
        rows = np.flatnonzero(league & (played < season) & (self.table.known_days <= began))
        d = self.counted.shape[2]
        labels = played[rows, None] * (len(self.names) + 1) + self.team[rows]
        number = np.unique(labels.ravel(), return_inverse=True)[1]
        return measure_credibility(
            self.counted[rows].reshape(-1, d), self.expected[rows].reshape(-1, d), number
        )


_NEVER_FADES = 1e9


def _of_side(measures: Measures, name: str, dimension: Dimension) -> Floats:
    """Shape (n, 2): a measure of each side, or of its opponent."""
    values = measures.of(name)
    return values[:, ::-1] if dimension.suffered else values


def _league_means(table: MatchTable, counted: Floats, per: Floats, half_life_days: float) -> Floats:
    """Shape (n, 2, d): each competition's mean at home and away, as known on the morning of each match."""
    n, _, d = counted.shape
    codes = np.unique(table.frame["competition"].to_numpy(), return_inverse=True)[1]
    values = np.concatenate([counted, per, per > 0], axis=1).reshape(n, 6 * d)
    seen = Observations(table.known_days, np.where(table.is_played, codes, -1), values)
    sums = fading_sums(seen, Questions(np.floor(table.kickoff_days), codes), half_life_days)
    totals = sums.reshape(n, 3, 2, d)
    enough = (totals[:, 2] >= LEAST_MATCHES) & (totals[:, 1] > 0)
    mean: Floats = np.divide(totals[:, 0], totals[:, 1], out=np.full((n, 2, d), np.nan), where=enough)
    return mean
