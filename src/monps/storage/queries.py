"""What the repositories ask of the tables."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, func, not_, select, true, union

from monps.domain.football import Competition
from monps.domain.identifiers import MatchKey, Season
from monps.ports.repositories import QuoteFilter, StoredFit
from monps.storage.orm import (
    books,
    competitions,
    detail_versions,
    fits,
    match_expected_goals,
    match_referees,
    match_revisions,
    matches,
    quotes,
    rejects,
    source_files,
    teams,
)

_TOLD = {f"{side}_expected_goals": match_expected_goals.c[side] for side in ("home", "away")}
_TOLD["referee"] = match_referees.c.referee
_BOOK = (books.c.bookmaker, books.c.market, books.c.line, books.c.closing)
_ODDS = (quotes.c.odds_1, quotes.c.odds_2, quotes.c.odds_3)
_FACTS = tuple(
    func.coalesce(column, _TOLD[column.name]).label(column.name) if column.name in _TOLD else column
    for column in tuple(match_revisions.c)[match_revisions.c.keys().index("kickoff") :]
)
"""What is known of a match; expected goals and referee, where results lack them, from sources that tell."""

_PLAYED = match_revisions.c.home_goals.is_not(None)


def played(codes: Sequence[str], as_of: int, since: int | None = None) -> Select[Any]:
    """Select the last word on each match of which a result was known (on request, only of later ones)."""
    condition = _PLAYED if since is None else and_(_PLAYED, match_revisions.c.kickoff >= since)
    return _seen(codes, as_of, condition)


def to_be_played(codes: Sequence[str], as_of: int) -> Select[Any]:
    """Select the last word on each match of which no result was known."""
    result = match_revisions.alias("result")
    over = select(result.c.match_id).where(
        result.c.match_id == match_revisions.c.match_id,
        result.c.known_at <= as_of,
        result.c.home_goals.is_not(None),
    )
    return _seen(codes, as_of, and_(not_(_PLAYED), ~over.exists()))


def _seen(codes: Sequence[str], as_of: int, condition: ColumnElement[bool]) -> Select[Any]:
    home, away, later = teams.alias("home"), teams.alias("away"), match_revisions.alias("later")
    newer = select(later.c.match_id).where(
        later.c.match_id == match_revisions.c.match_id,
        later.c.revision > match_revisions.c.revision,
        later.c.known_at <= as_of,
    )
    tables = (
        _revised()
        .join(home, home.c.id == matches.c.home_id)
        .join(away, away.c.id == matches.c.away_id)
        .outerjoin(match_expected_goals, match_expected_goals.c.match_id == matches.c.id)
        .outerjoin(match_referees, match_referees.c.match_id == matches.c.id)
    )
    key = (competitions.c.code, matches.c.season, home.c.name, away.c.name, matches.c.meeting)
    return (
        select(matches.c.id, *key, match_revisions.c.known_at, *_FACTS)
        .select_from(tables)
        .where(_of(codes), match_revisions.c.known_at <= as_of, condition, ~newer.exists())
        .order_by(match_revisions.c.kickoff, competitions.c.code, home.c.name)
    )


def quoted(codes: Sequence[str], as_of: int, only: QuoteFilter) -> Select[Any]:
    """Select the quotes known by a moment."""
    wanted = [quotes.c.known_at <= as_of, _of(codes)]
    if only.bookmakers:
        wanted.append(books.c.bookmaker.in_(only.bookmakers))
    if only.markets:
        wanted.append(books.c.market.in_(only.markets))
    if only.closing is not None:
        wanted.append(books.c.closing == only.closing)
    tables = _in_competitions().join(quotes, quotes.c.match_id == matches.c.id)
    return (
        select(quotes.c.match_id, *_BOOK, quotes.c.known_at, *_ODDS)
        .select_from(tables.join(books, books.c.id == quotes.c.book_id))
        .where(*wanted)
        .order_by(quotes.c.match_id, quotes.c.known_at, quotes.c.book_id)
    )


@cache
def quoted_on() -> Select[Any]:
    """Select the quotes on ``match_ids`` in ``markets`` known by ``as_of``; made once: each forecast asks."""
    return (
        select(quotes.c.match_id, *_BOOK, quotes.c.known_at, *_ODDS)
        .select_from(quotes.join(books, books.c.id == quotes.c.book_id))
        .where(
            quotes.c.match_id.in_(bindparam("match_ids", expanding=True)),
            books.c.market.in_(bindparam("markets", expanding=True)),
            quotes.c.known_at <= bindparam("as_of"),
        )
        .order_by(quotes.c.match_id, quotes.c.known_at, quotes.c.book_id)
    )


@cache
def all_books() -> Select[Any]:
    """Select what may be quoted, by number."""
    return select(books.c.id, *_BOOK)


def quoted_numbers(codes: Sequence[str], as_of: int, book_ids: Sequence[int]) -> Select[Any]:
    """Select the quotes of some books known by a moment, books by number."""
    # The sum keeps SQLite from seeking each book of each match: to read them all takes a fifth of that.
    wanted = [quotes.c.known_at <= as_of, (quotes.c.book_id + 0).in_(book_ids)]
    chosen = select(quotes.c.match_id, quotes.c.book_id, quotes.c.known_at, *_ODDS)
    if codes:
        of = select(matches.c.id).join(competitions, competitions.c.id == matches.c.competition_id)
        wanted.append(quotes.c.match_id.in_(of.where(_of(codes))))
    return chosen.where(*wanted)


@cache
def all_competitions() -> Select[Any]:
    """Select the competitions by code."""
    return select(*(competitions.c[name] for name in Competition.model_fields)).order_by(competitions.c.code)


@cache
def one_competition() -> Select[Any]:
    """Select the competition of a ``code``."""
    return all_competitions().where(competitions.c.code == bindparam("code"))


def team_names(competition: str, season: Season | None) -> Select[Any]:
    """Select the names of the teams of a competition, or of one season of it."""
    chosen = _of([competition])
    if season is not None:
        chosen &= matches.c.season == season.start
    sides = (matches.c.home_id, matches.c.away_id)
    seen = union(*(select(side).select_from(_in_competitions()).where(chosen) for side in sides))
    return select(teams.c.name).where(teams.c.id.in_(seen))


def newest_result(codes: Sequence[str]) -> Select[Any]:
    """Select when the newest result became known."""
    return select(func.max(match_revisions.c.known_at)).select_from(_revised()).where(_PLAYED, _of(codes))


def next_result(codes: Sequence[str], after: int) -> Select[Any]:
    """Select when the first result after a moment became known."""
    known_at = match_revisions.c.known_at
    return select(func.min(known_at)).select_from(_revised()).where(_PLAYED, _of(codes), known_at > after)


def _words() -> Select[Any]:
    home, away = teams.alias("home"), teams.alias("away")
    tables = _revised().join(home, home.c.id == matches.c.home_id).join(away, away.c.id == matches.c.away_id)
    said = (match_revisions.c.known_at, match_revisions.c.kickoff, match_revisions.c.home_goals)
    return (
        select(matches.c.id, matches.c.season, home.c.name, away.c.name, *said)
        .select_from(tables)
        .where(
            competitions.c.code == bindparam("competition"),
            matches.c.season.in_(bindparam("seasons", expanding=True)),
            home.c.name.in_(bindparam("homes", expanding=True)),
            away.c.name.in_(bindparam("aways", expanding=True)),
            matches.c.meeting == 1,
        )
        .order_by(matches.c.id, match_revisions.c.revision)
    )


def match_number(key: MatchKey) -> Select[Any]:
    """Select the number of a match."""
    home, away = teams.alias("home"), teams.alias("away")
    tables = (
        _in_competitions()
        .join(home, home.c.id == matches.c.home_id)
        .join(away, away.c.id == matches.c.away_id)
    )
    return (
        select(matches.c.id)
        .select_from(tables)
        .where(
            _of([key.competition]),
            matches.c.season == key.season.start,
            home.c.name == key.home,
            away.c.name == key.away,
            matches.c.meeting == key.meeting,
        )
    )


def stored_late(codes: Sequence[str], as_of: int, recorded_after: int) -> Select[Any]:
    """Select revisions stored after one moment and known by another, the first stored first."""
    home, away, said = teams.alias("home"), teams.alias("away"), match_revisions.c
    tables = _revised().join(home, home.c.id == matches.c.home_id).join(away, away.c.id == matches.c.away_id)
    key = (competitions.c.code, matches.c.season, home.c.name, away.c.name, matches.c.meeting)
    return (
        select(*key, said.known_at, said.recorded_at, source_files.c.name)
        .select_from(tables.join(source_files, source_files.c.id == said.file_id))
        .where(_of(codes), said.known_at <= as_of, said.recorded_at > recorded_after)
        .order_by(said.recorded_at, matches.c.id)
    )


@lru_cache
def last_changes(codes: tuple[str, ...]) -> Select[Any]:
    """Select the last file that changed each competition, and how often its details did."""
    version = func.coalesce(detail_versions.c.version, 0)
    joined = competitions.outerjoin(detail_versions, detail_versions.c.competition_id == competitions.c.id)
    rows = select(competitions.c.code, competitions.c.file_id, version).select_from(joined)
    return rows.where(_of(codes)).order_by(competitions.c.code)


def latest_files() -> Select[Any]:
    """Select the latest reading of each file, by name."""
    later = source_files.alias("later")
    newer = select(later.c.id).where(
        later.c.source == source_files.c.source,
        later.c.name == source_files.c.name,
        later.c.id > source_files.c.id,
    )
    return select(source_files).where(~newer.exists()).order_by(source_files.c.name, source_files.c.source)


def files_with(source: str, digest: str) -> Select[Any]:
    """Select the readings of a payload that are the latest of their files."""
    return latest_files().where(source_files.c.source == source, source_files.c.digest == digest)


def refused_in(file_id: int) -> Select[Any]:
    """Select what was refused in one reading of a file."""
    return select(rejects.c.line, rejects.c.reason).where(rejects.c.file_id == file_id).order_by(rejects.c.id)


def kept_fits(spec_hash: str, competition: str) -> Select[Any]:
    """Select the fits of one recipe to one competition, newest first."""
    chosen = (fits.c.spec_hash == spec_hash) & (fits.c.competition == competition)
    columns = (fits.c[name] for name in StoredFit._fields)
    return select(*columns).where(chosen).order_by(fits.c.as_of.desc(), fits.c.id.desc())


def _of(codes: Sequence[str]) -> ColumnElement[bool]:
    return competitions.c.code.in_(codes) if codes else true()


def _in_competitions() -> FromClause:
    return matches.join(competitions, competitions.c.id == matches.c.competition_id)


def _revised() -> FromClause:
    return _in_competitions().join(match_revisions, match_revisions.c.match_id == matches.c.id)


WORDS = _words()
"""Selects all revisions of some matches; made once, since to make it takes longer than to carry it out."""
