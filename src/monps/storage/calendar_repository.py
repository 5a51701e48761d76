"""Single matches and stretches of the calendar; ``monps.ports.calendar`` says what each method means."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_

from monps.domain.moments import from_micros, to_micros
from monps.ports.calendar import Glance, Pairings, Stretch, Word
from monps.ports.repositories import ALL_QUOTES, StoredFixture, StoredMatch, StoredQuote
from monps.storage import queries
from monps.storage.glances import glances
from monps.storage.mappers import fixture_of, match_of, quote_of
from monps.storage.orm import match_revisions, matches, quotes

_kickoff = match_revisions.c.kickoff


class SqlCalendarRepository:
    """Matches by number, day or team, seen as they were known at a moment.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, match_id: int, as_of: datetime) -> StoredMatch | StoredFixture | None:
        """Return a match, with its result if one was known; None if nothing was known of it."""
        this, moment = matches.c.id == match_id, to_micros(as_of)
        played = self._matches(queries.played([], moment).where(this))
        found = played or self._fixtures(queries.to_be_played([], moment).where(this))
        return found[0] if found else None

    def words(self, pairings: Pairings) -> list[Word]:
        """Return all that was ever said of some matches, the last word of each last; first meetings alone."""
        rows = self._connection.execute(queries.WORDS, pairings._asdict())
        return [_word(row) for row in rows]

    def fixtures(self, stretch: Stretch, as_of: datetime, limit: int) -> list[StoredFixture]:
        """Return matches of which no result was known, the earliest first."""
        chosen = queries.to_be_played(stretch.competitions, to_micros(as_of)).where(_within(stretch))
        return self._fixtures(chosen.limit(limit))

    def results(self, stretch: Stretch, as_of: datetime, limit: int) -> list[StoredMatch]:
        """Return matches of which a result was known, the latest first."""
        chosen = queries.played(stretch.competitions, to_micros(as_of)).where(_within(stretch))
        return self._matches(chosen.order_by(None).order_by(_kickoff.desc(), matches.c.id).limit(limit))

    def results_of(self, team: str, stretch: Stretch, as_of: datetime) -> list[StoredMatch]:
        """Return one team's matches of which a result was known, the earliest first."""
        chosen = queries.played(stretch.competitions, to_micros(as_of)).where(_within(stretch))
        home, away = (chosen.selected_columns[place] for place in (3, 4))
        return self._matches(chosen.where(or_(home == team, away == team)))

    def glances(self, match_ids: Sequence[int]) -> dict[int, Glance]:
        """Return the latest prediction of each of some matches, where there is one, by match."""
        return dict(glances(self._connection, match_ids))

    def quotes(self, match_ids: Sequence[int], as_of: datetime) -> list[StoredQuote]:
        """Return quotes for some matches, by match, in the order in which they became known."""
        chosen = queries.quoted([], to_micros(as_of), ALL_QUOTES).where(quotes.c.match_id.in_(match_ids))
        return [StoredQuote(row[0], quote_of(row[1:])) for row in self._connection.execute(chosen)]

    def _matches(self, rows: Select[Any]) -> list[StoredMatch]:
        return [StoredMatch(row[0], match_of(row[1:])) for row in self._connection.execute(rows)]

    def _fixtures(self, rows: Select[Any]) -> list[StoredFixture]:
        return [StoredFixture(row[0], fixture_of(row[1:])) for row in self._connection.execute(rows)]


def _within(stretch: Stretch) -> ColumnElement[bool]:
    return and_(_kickoff >= to_micros(stretch.start), _kickoff < to_micros(stretch.end))


def _word(row: Any) -> Word:
    number, season, home, away, known_at, kickoff, goals = row
    return Word(number, season, home, away, from_micros(known_at), from_micros(kickoff), goals is not None)
