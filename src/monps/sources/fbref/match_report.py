"""A match report: what both sides did, who played, and every shot."""

import re
from collections.abc import Iterator

from lxml import html

from monps.domain.details import (
    AppearanceRecord,
    Player,
    ShotRecord,
    SourceMatch,
    player_measures,
    side_measures,
)
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources._leagues import season_of
from monps.sources.fbref.competitions import CODES
from monps.sources.fbref.numbers import CellRefused, day_in, number
from monps.sources.fbref.pages import Page, PageRow, number_in

_SUMMARY = re.compile(r"stats_([0-9a-f]{8})_summary")
_MINUTE = re.compile(r"(\d+)")
_OF = re.compile(r"(\d+) of (\d+)")
_REFEREE = re.compile(r"([^:·()]+)\(Referee\)")
_EXTRA = {
    "Fouls": "fouls",
    "Corners": "corners",
    "Crosses": "crosses",
    "Touches": "touches",
    "Tackles": "tackles",
    "Interceptions": "interceptions",
    "Aerials Won": "aerials_won",
    "Clearances": "clearances",
    "Offsides": "offsides",
    "Long Balls": "long_balls",
}
_PAIRS = {
    "Passing Accuracy": ("passes_completed", "passes"),
    "Shots on Target": ("shots_on_target", "shots"),
    "Saves": ("saves", None),
}
_PLAYER = {
    "goals": "goals",
    "assists": "assists",
    "pens_made": "penalties_scored",
    "shots": "shots",
    "cards_yellow": "yellow_cards",
    "cards_red": "red_cards",
    "xg": "expected_goals",
    "npxg": "non_penalty_expected_goals",
    "xg_assist": "expected_assists",
}
_OUTCOMES = {
    "Goal": "goal",
    "Saved": "saved",
    "Off Target": "missed",
    "Blocked": "blocked",
    "Woodwork": "post",
}
_BODY = {"Right Foot": "right_foot", "Left Foot": "left_foot", "Head": "head", "Other": "other"}
_ABSENT = ("xg", "npxg", "xg_assist", "touches")


def is_report(page: Page) -> bool:
    """Whether a page is a match report."""
    return any(_SUMMARY.fullmatch(number) for number in page.tables) and bool(
        page.root.xpath("//*[@class='scorebox']")
    )


class ReportReader:
    """Reads one match report into a draft.

    Parameters
    ----------
    payload : Payload
        For its name.
    page : Page
        The report.
    drift : Drift
        Told of what is missing or refused.
    draft : DetailDraft
        Where everything goes.
    """

    def __init__(self, payload: Payload, page: Page, drift: Drift, draft: DetailDraft) -> None:
        self._payload, self._page, self._drift, self._draft = payload, page, drift, draft
        self._squads = self._scorebox("./div[position() <= 2]//strong/a")

    def read(self) -> None:
        """Read the report.

        Raises
        ------
        DataRefused
            If it does not tell which match it is of.
        """
        place = self._draft.match(self._match())
        told = [self._statistics(side) for side in (0, 1)]
        for side, measures in enumerate(told):
            self._draft.side(place, is_home=side == 0, measures=side_measures(**measures))
        for side, squad in enumerate(self._squads):
            table = f"stats_{number_in(squad.get('href', ''), 'squads')}_summary"
            if table in self._page.tables:
                self._line_up(table, place, is_home=side == 0)
            else:
                self._drift.refuse(
                    None, f"the table {table} is missing: {squad.text_content()} has no line-up"
                )
        if "shots_all" in self._page.tables:
            self._shots(place)
        else:
            self._drift.compare("tables", (), frozenset({"shots_all"}))

    def _scorebox(self, path: str) -> list[html.HtmlElement]:
        [box, *_] = self._page.root.xpath("//*[@class='scorebox']")
        found: list[html.HtmlElement] = box.xpath(path)
        return found

    def _match(self) -> SourceMatch:
        goals = [element.text_content().strip() for element in self._scorebox(".//div[@class='score']")]
        about = "".join(each.text_content() for each in self._scorebox(".//*[@class='scorebox_meta']"))
        day, leader = day_in(about), _REFEREE.search(about)
        links: list[str] = self._page.root.xpath("//*[@class='scorebox_meta']//a/@href")
        comps = [number_in(link, "comps") for link in links]
        code = next((CODES[number] for number in comps if number in CODES), None)
        if code is None or day is None or len(self._squads) != 2:  # noqa: PLR2004 - sides
            missing = "the competition" if code is None else "the day" if day is None else "both sides"
            raise DataRefused(
                f"{self._payload.name}: the score box does not tell {missing} of a league that is known"
            )
        home, away = (squad.text_content().strip() for squad in self._squads)
        scored = [int(text) if text.isdecimal() else None for text in (*goals, "", "")][:2]
        key = number_in(self._page.root.xpath("string(//link[@rel='canonical']/@href)"), "matches")
        referee = leader[1].strip() if leader else None
        season = season_of([day]) or day.year
        return SourceMatch(code, season, home, away, day, scored[0], scored[1], key, referee)

    def _statistics(self, side: int) -> dict[str, float]:
        told = dict(self._team_stats(side)) | dict(self._extra(side))
        chances = self._scorebox(".//div[@class='score_xg']")
        if len(chances) == 2:  # noqa: PLR2004 - sides
            told["expected_goals"] = float(chances[side].text_content())
        if "aerials_won" in (other := dict(self._extra(1 - side))):
            told["aerials_lost"] = other["aerials_won"]
        return told

    def _team_stats(self, side: int) -> Iterator[tuple[str, float]]:
        heading = ""
        for row in self._page.root.xpath("//div[@id='team_stats']//tr"):
            cells = row.xpath("./td")
            if not cells:
                heading = " ".join(row.text_content().split())
                continue
            text = " ".join(cells[side].text_content().replace("\xa0", " ").split())
            if heading == "Possession" and (share := re.search(r"(\d+)%", text)):
                yield "possession", float(share[1])
            elif heading == "Cards":
                for color, name in (("yellow_card", "yellow_cards"), ("red_card", "red_cards")):
                    both = len(cells[side].xpath(".//*[@class='yellow_red_card']"))
                    yield name, float(len(cells[side].xpath(f".//*[@class='{color}']")) + both)
            elif heading in _PAIRS and (found := _OF.search(text)):
                for measure, value in zip(_PAIRS[heading], found.groups(), strict=True):
                    if measure:
                        yield measure, float(value)

    def _extra(self, side: int) -> Iterator[tuple[str, float]]:
        for block in self._page.root.xpath("//div[@id='team_stats_extra']/div"):
            texts = [" ".join(cell.text_content().split()) for cell in block.xpath("./div[not(@class='th')]")]
            for home, name, away in zip(texts[::3], texts[1::3], texts[2::3], strict=False):
                value = (home, away)[side]
                if name in _EXTRA and value.isdecimal():
                    yield _EXTRA[name], float(value)

    def _line_up(self, table: str, place: int, *, is_home: bool) -> None:
        rows = list(self._page.rows(table))
        columns = {name for row in rows for name in row.cells}
        self._drift.compare("summary", columns & set(_ABSENT), frozenset(_ABSENT))
        for row in rows:
            number = number_in(row.links.get("player", ""), "players")
            if number is None:
                continue  # the last row is the sum
            try:
                self._draft.appearance(_appearance(row, number, place, is_home=is_home))
            except CellRefused as refused:
                self._drift.refuse(row.line, f"{row.cells['player']}: {refused}")

    def _shots(self, place: int) -> None:
        home = self._squads[0].text_content().strip()
        for row in self._page.rows("shots_all"):
            minute = _MINUTE.match(row.cells.get("minute", ""))
            if not minute:
                self._drift.refuse(row.line, f"the minute of the shot is {row.cells.get('minute', '')!r}")
                continue
            try:
                self._draft.shot(_shot(row, place, int(minute[1]), is_home=row.cells.get("team") == home))
            except CellRefused as refused:
                self._drift.refuse(row.line, f"shot: {refused}")


def _appearance(row: PageRow, key: str, place: int, *, is_home: bool) -> AppearanceRecord:
    minutes, kicks = number(row.cells, "minutes"), number(row.cells, "pens_att")
    measures = {ours: number(row.cells, name) for name, ours in _PLAYER.items()}
    if kicks is not None and measures["penalties_scored"] is not None:
        measures["penalties_missed"] = kicks - measures["penalties_scored"]
    return AppearanceRecord(
        place,
        is_home,
        Player(key, row.cells["player"]),
        row.cells.get("position") or None,
        None,
        None if minutes is None else int(minutes),
        player_measures(**measures),
    )


def _shot(row: PageRow, place: int, minute: int, *, is_home: bool) -> ShotRecord:
    key, notes = number_in(row.links.get("player", ""), "players"), row.cells.get("notes", "").lower()
    penalty = "(pen)" in row.cells.get("player", "") or "penalty" in notes
    return ShotRecord(
        match=place,
        number=row.line,
        is_home=is_home,
        player=Player(key, row.cells["player"].removesuffix(" (pen)")) if key else None,
        assister=None,
        minute=minute,
        x=None,
        y=None,
        expected_goals=number(row.cells, "xg_shot"),
        situation="penalty" if penalty else "free_kick" if "free kick" in notes else None,
        shot_type=_BODY.get(row.cells.get("body_part", "")),
        result=_OUTCOMES.get(row.cells.get("outcome", "")),
    )
