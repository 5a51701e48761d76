"""What reading a source yields: matches with their quotes, and a reason for everything refused."""

from typing import NamedTuple

from pydantic import Field, SkipValidation

from monps.domain.base import Noun
from monps.domain.details import NO_DETAILS, Details
from monps.domain.football import Competition, Fixture, Match
from monps.domain.identity import UnlinkedTeam
from monps.domain.odds import OddsQuote


class Reject(Noun):
    """A row or a quote that was refused, where it stands, and why."""

    file: str
    line: int | None = Field(default=None, ge=1)
    reason: str


class MatchRecord(NamedTuple):
    """One accepted row: the match, every quote that came with it, and the line where it stands."""

    match: Match
    quotes: tuple[OddsQuote, ...]
    line: int


class FixtureRecord(NamedTuple):
    """One accepted row without a score: the fixture, the quotes that came with it, and its line."""

    fixture: Fixture
    quotes: tuple[OddsQuote, ...]
    line: int


class ParsedFile(Noun):
    """One payload, parsed: what was accepted, what was refused, what was not understood.

    ``records`` are the matches that were played, ``fixtures`` those still to be played. ``digest`` is
    the SHA-256 of the verbatim payload in hexadecimal. ``unknown_columns`` are named, not interpreted;
    ``missing_columns`` were expected and are not there, ``retyped_columns`` hold another kind of value than
    they used to. ``details`` is what is said beyond results and prices.
    """

    source: str
    name: str
    digest: str
    competitions: tuple[Competition, ...] = ()
    records: SkipValidation[tuple[MatchRecord, ...]] = ()
    fixtures: SkipValidation[tuple[FixtureRecord, ...]] = ()
    details: SkipValidation[Details] = NO_DETAILS
    rejects: tuple[Reject, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    retyped_columns: tuple[str, ...] = ()


class IngestReport(Noun):
    """What an ingestion did, over all its files.

    ``unlinked`` are the names that could not be linked to a team, in seasons of which there are results.
    """

    files: int = 0
    files_unchanged: int = 0
    files_refused: int = 0
    matches_added: int = 0
    matches_unchanged: int = 0
    matches_corrected: int = 0
    fixtures_added: int = 0
    quotes_added: int = 0
    team_matches_added: int = 0
    shots_added: int = 0
    appearances_added: int = 0
    player_seasons_added: int = 0
    details_filled: int = 0
    details_corrected: int = 0
    details_differing: int = 0
    teams_linked: int = 0
    matches_linked: int = 0
    players_linked: int = 0
    unlinked: tuple[UnlinkedTeam, ...] = ()
    rejected: tuple[Reject, ...] = ()
    unknown_columns: dict[str, int] = Field(default_factory=dict)
    missing_columns: dict[str, int] = Field(default_factory=dict)
    retyped_columns: dict[str, int] = Field(default_factory=dict)
    seconds: float = 0.0
