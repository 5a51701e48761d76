"""The brain, fitted to a competition: members, voices, and their weights by who speaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from monps.agents import FittedAgent, PairForecasts, load, written
from monps.brain.consensus import Consensus, agree
from monps.brain.lessons import Pattern
from monps.errors import UnifiedBrainError
from monps.numerics.checks import Bools, Floats
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

PART = 1024
"""Fixtures of which all agents' grids fit into a processor's cache, or nearly."""


@dataclass(frozen=True, eq=False)
class FittedBrain:
    """Consults its agents and pools what they say.

    Parameters
    ----------
    name : str
        The brain's.
    as_of : datetime
        The moment from which it looks.
    competition : str
        What it was fitted to.
    season : int
        The season of the fixtures to come.
    known : int
        Results of the competition that were known.
    known_at : datetime
        When the newest of all results became known.
    agents : tuple of FittedAgent
        The members, from knowing most to knowing least; then the voices.
    members : int
        How many of them are members.
    late : FittedAgent
        Stands in for the first member where it speaks.
    weights : mapping of Pattern to ndarray, shape (m,)
        What each counts.
    """

    name: str
    as_of: datetime
    competition: str
    season: int
    known: int
    known_at: datetime
    agents: tuple[FittedAgent, ...]
    members: int
    late: FittedAgent
    weights: Mapping[Pattern, Floats]

    def consult(self, fixtures: MatchTable, quotes: QuoteTable) -> Consensus:
        """Ask all agents about n fixtures of the competition, and pool their answers.

        Parameters
        ----------
        fixtures : MatchTable
            As ``monps.tables.fixtures.fixture_table`` makes it.
        quotes : QuoteTable
            Bookmakers' quotes for them, as known when one looks.

        Raises
        ------
        UnifiedBrainError
            If the agents spoke in a pattern that the fit foresaw not.
        """
        said = [agent.forecast(fixtures, quotes) for agent in self.agents]
        last = self.late.forecast(fixtures, quotes)
        said[0] = last.over(said[0])
        speaks = np.stack([each.made for each in said], axis=1)
        speaks &= speaks[:, : self.members].any(axis=1, keepdims=True)
        names = tuple(agent.name for agent in self.agents)
        return agree(names, said, self._weights(speaks, last.made), self.members)

    def consult_in_parts(
        self, fixtures: MatchTable, quotes: QuoteTable, size: int = PART
    ) -> Iterator[Consensus]:
        """Ask about some fixtures at a time, where all their grids together would not fit into memory.

        Parameters
        ----------
        fixtures : MatchTable
            As many as there are.
        quotes : QuoteTable
            Theirs.
        size : int
            How many at a time.

        Yields
        ------
        Consensus
            On the next part of the fixtures, in order.
        """
        for start in range(0, len(fixtures), size):
            yield self.consult(MatchTable(fixtures.frame.slice(start, size)), quotes)

    def seen(self, team: str) -> int:
        """Return in how many matches of the year before a team was seen."""
        return max((each.seen_of(team) for each in self.agents if isinstance(each, PairForecasts)), default=0)

    def _weights(self, speaks: Bools, late: Bools) -> Floats:
        """Shape (n, m): each fixture's weights; NaN where nobody speaks."""
        weights = np.full(speaks.shape, np.nan)
        patterns = np.column_stack([late, speaks])
        for pattern in np.unique(patterns[speaks.any(axis=1)], axis=0):
            key = tuple(pattern.tolist())
            if key not in self.weights:
                raise UnifiedBrainError(f"{self.competition}: nobody learned weights for {self._words(key)}")
            weights[(patterns == pattern).all(axis=1)] = self.weights[key]
        return weights

    def _words(self, pattern: Pattern) -> str:
        return ", ".join(agent.name for agent, each in zip(self.agents, pattern[1:], strict=True) if each)

    def to_bytes(self) -> bytes:
        """Write the fit down."""
        parts = {f"agent_{place}": agent.to_bytes() for place, agent in enumerate((*self.agents, self.late))}
        plain = ("name", "as_of", "competition", "season", "known", "known_at", "members")
        keys = ["".join("1" if each else "0" for each in pattern) for pattern in self.weights]
        meta = {name: getattr(self, name) for name in plain} | {"patterns": keys}
        arrays = {name: np.frombuffer(part, dtype=np.uint8) for name, part in parts.items()}
        return written.write(meta, {**arrays, "weights": np.array(list(self.weights.values()))})

    @classmethod
    def read(cls, payload: bytes) -> "FittedBrain":
        """Read what ``to_bytes`` wrote."""
        meta, arrays = written.read(payload)
        patterns = [tuple(each == "1" for each in key) for key in meta.pop("patterns")]
        weights = dict(zip(patterns, arrays.pop("weights"), strict=True))
        agents = [load(arrays[f"agent_{place}"].tobytes()) for place in range(len(arrays))]
        moments = {name: datetime.fromisoformat(meta[name]) for name in ("as_of", "known_at")}
        return cls(**(meta | moments), agents=tuple(agents[:-1]), late=agents[-1], weights=weights)
