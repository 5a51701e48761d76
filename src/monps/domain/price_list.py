"""Fair prices of one match, side by side: as columns, so that a thousand of them are checked in one go."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Self, overload

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema, to_json

from monps.domain.base import Noun
from monps.domain.market import MarketKey, Selection
from monps.domain.opinions import TOLERANCE, Probability

OVERLAPPING = frozenset(
    {
        "double_chance",
        "double_chance_and_both_teams_to_score",
        "double_chance_and_totals",
        "multigoals",
    }
)
"""Families in which several selections may win together; in all others the siblings' chances sum to 1."""


class MarketPrediction(Noun):
    """The fair price of one selection.

    ``probability`` is the chance to win given that the stake is not returned, so that
    ``probability × fair_odds = 1`` for every selection, those with voids and half-wins too.
    ``fair_odds`` is ``None`` where no finite odds are fair, since the selection cannot win.
    """

    family: str
    line: float | None
    period: str
    selection: str
    probability: Probability
    fair_odds: float | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _odds_are_fair(self) -> Self:
        if self.fair_odds is not None and abs(self.probability * self.fair_odds - 1.0) > TOLERANCE:
            raise ValueError(f"{self.probability!r} × {self.fair_odds!r} is not 1: the odds are not fair")
        return self


class Menu:
    """What is priced on a match, in order: that part of a price list that many matches have in common.

    Parameters
    ----------
    selections : iterable of Selection
        In order.
    """

    def __init__(self, selections: Iterable[Selection]) -> None:
        self.selections = tuple(selections)

    @cached_property
    def families(self) -> Mapping[str, int]:
        """How many selections of each family there are."""
        return Counter(market.family for market, _ in self.selections)

    @cached_property
    def exclusive(self) -> Mapping[MarketKey, Sequence[int]]:
        """Where the selections are of each market of which one wins."""
        places: dict[MarketKey, list[int]] = defaultdict(list)
        for place, (market, _) in enumerate(self.selections):
            if market.family not in OVERLAPPING:
                places[market].append(place)
        return places

    @cached_property
    def names(self) -> Sequence[dict[str, Any]]:
        """Family, line, period and selection of each."""
        return [{**market._asdict(), "selection": name} for market, name in self.selections]

    @cached_property
    def written(self) -> Sequence[bytes]:
        """The names in JSON, each without its closing brace."""
        return [to_json(names)[:-1] for names in self.names]


class PriceList(Sequence[MarketPrediction]):
    """Fair prices that cannot be changed; single ones are made when they are asked for.

    Parameters
    ----------
    menu : Menu
        What is priced.
    probabilities : sequence of float
        The chance of each to win, given that the stake is not returned.
    fair_odds : sequence of float or None
        What is fair for each, as ``MarketPrediction`` has it.

    Raises
    ------
    ValueError
        If a chance is outside 0 to 1, or odds are below 1 or not fair.
    """

    __slots__ = ("_made", "fair_odds", "menu", "probabilities")

    def __init__(self, menu: Menu, probabilities: Iterable[float], fair_odds: Iterable[float | None]) -> None:
        self.menu = menu
        self.probabilities, self.fair_odds = tuple(probabilities), tuple(fair_odds)
        self._made: tuple[MarketPrediction, ...] | None = None
        for selection, chance, odds in zip(self.selections, self.probabilities, self.fair_odds, strict=True):
            # Asked for what is right, not for what is wrong: of what is no number, neither is true.
            if not (
                0.0 <= chance <= 1.0
                and (odds is None or (odds >= 1.0 and abs(chance * odds - 1.0) <= TOLERANCE))
            ):
                raise ValueError(f"{selection}: {odds!r} are no fair odds for a chance of {chance!r}")

    @classmethod
    def of(cls, prices: Iterable[MarketPrediction]) -> Self:
        """Put single prices side by side."""
        rows = [
            (Selection(MarketKey(each.family, each.line, each.period), each.selection), each)
            for each in prices
        ]
        return cls(
            Menu(selection for selection, _ in rows),
            [each.probability for _, each in rows],
            [each.fair_odds for _, each in rows],
        )

    @property
    def selections(self) -> tuple[Selection, ...]:
        """What is priced."""
        return self.menu.selections

    def sums(self) -> dict[MarketKey, float]:
        """Sum the chances within each market of which one selection wins."""
        chance = self.probabilities.__getitem__
        return {market: sum(map(chance, places)) for market, places in self.menu.exclusive.items()}

    def to_json(self) -> bytes:
        """Write the list as pydantic does, at a third of the cost: the names stay written."""
        if not self:
            return b"[]"
        chances, odds = (to_json(column)[1:-1].split(b",") for column in self._columns()[1:])
        rows = zip(self.menu.written, chances, odds, strict=True)
        return b"[%b]" % b",".join([b'%b,"probability":%b,"fair_odds":%b}' % row for row in rows])

    def __len__(self) -> int:
        return len(self.selections)

    @overload
    def __getitem__(self, place: int) -> MarketPrediction: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[MarketPrediction, ...]: ...
    def __getitem__(self, place: int | slice) -> MarketPrediction | tuple[MarketPrediction, ...]:
        return self._all()[place]

    def __iter__(self) -> Iterator[MarketPrediction]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PriceList):
            return self._columns() == other._columns()
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._columns())

    def __repr__(self) -> str:
        return f"PriceList of {len(self)} selections"

    def _columns(self) -> tuple[Any, ...]:
        return self.selections, self.probabilities, self.fair_odds

    def _all(self) -> tuple[MarketPrediction, ...]:
        if self._made is None:
            # They have been checked as columns.
            self._made = tuple(MarketPrediction.model_construct(**row) for row in self._rows())
        return self._made

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {**names, "probability": chance, "fair_odds": odds}
            for names, chance, odds in zip(self.menu.names, self.probabilities, self.fair_odds, strict=True)
        ]

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take a list as it is, or make one of prices, which are then checked one by one."""
        prices = handler.generate_schema(tuple[MarketPrediction, ...])
        made = core_schema.no_info_after_validator_function(cls.of, prices)
        return core_schema.json_or_python_schema(
            json_schema=made,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), made]),
            serialization=core_schema.plain_serializer_function_ser_schema(cls._rows),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe it as a list of prices, whichever way it goes."""
        return handler(schema["json_schema"]["schema"])
