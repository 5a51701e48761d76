"""Which season a file is of, and which meeting of two sides a row is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath

from monps.domain.identifiers import MatchKey, Season
from monps.errors import UsageError
from monps.sources.football_data.drafts import Draft
from monps.sources.football_data.refusals import Refusals

_JULY, _AUGUST = 7, 8


def season_of(name: str, days: Sequence[date]) -> Season:
    """Return the season that most of the days are in.

    A season starts in July, yet one may run into August, as 2019/20 did. Days of these two months alone
    do not tell which of two seasons it is: then the folder may, if it is named as one of them.

    Examples
    --------
    >>> season_of("E0.csv", [date(2020, 3, 8), date(2020, 6, 17), date(2020, 7, 26)]).label
    '2019/20'
    >>> season_of("1920/E0.csv", [date(2020, 7, 26)]).label, season_of("E0.csv", [date(2020, 7, 26)]).label
    ('2019/20', '2020/21')
    """
    voted = Counter(day.year - (day.month < _JULY) for day in days).most_common(1)[0][0]
    folder = _season_in(PurePosixPath(name).parent.name)
    undecided = all(day.month in (_JULY, _AUGUST) for day in days)
    if folder and undecided and folder.start == voted - 1:
        return folder
    return Season(start=voted)


def _season_in(folder: str) -> Season | None:
    try:
        return Season.parse(folder)
    except UsageError:
        return None


def within(season: Season, day: date) -> bool:
    """Whether a day can belong to a season: from July to August of the next year."""
    return date(season.start, _JULY, 1) <= day <= date(season.start + 1, _AUGUST, 31)


def keyed(drafts: Sequence[Draft], season: Season, refusals: Refusals) -> Iterator[tuple[MatchKey, Draft]]:
    """Give each draft its match key, in the order in which they were played, and refuse duplicates.

    Meetings are numbered by date, not by place in the file, so that a match keeps its key when the
    provider sorts a file anew. A row with a score goes before one without: a postponed match may be
    listed on both days.
    """
    earlier: dict[tuple[str, str, str], list[Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda draft: (draft.score is None, draft.day, draft.line)):
        meetings = earlier[draft.competition.code, draft.home, draft.away]
        if reason := _duplicate(draft, meetings) or _misdated(draft, season):
            refusals.add(draft.line, reason)
            continue
        meetings.append(draft)
        key = MatchKey(
            competition=draft.competition.code,
            season=season,
            home=draft.home,
            away=draft.away,
            meeting=len(meetings),
        )
        yield key, draft


def _duplicate(draft: Draft, meetings: Sequence[Draft]) -> str | None:
    same_day = [other for other in meetings if other.day == draft.day]
    if not same_day and len(meetings) < draft.competition.meetings:
        return None
    first = (same_day or meetings)[0]
    return f"{draft.home} against {draft.away} was already read on line {first.line}"


def _misdated(draft: Draft, season: Season) -> str | None:
    if within(season, draft.day):
        return None
    return f"{draft.day:%d/%m/%Y} is not in {season.label}, the season of most rows in this file"
