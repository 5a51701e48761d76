"""Which tables the evidence pages show, the topic that measures each, and which of its rows and columns."""

from collections.abc import Callable, Mapping, Sequence

from benchmarks.pooling import SPANS
from benchmarks.report import Cell

Row = Mapping[str, Cell]
Rows = Sequence[Row]
Pick = Callable[[Rows], Rows]

LEAGUES = {
    "all": "all", "E0": "Premier League", "SP1": "La Liga", "D1": "Bundesliga", "I1": "Serie A",
    "F1": "Ligue 1",
}  # fmt: skip
_OF_THE_BRAIN = "brain, early prices: "


def columns(rows: Rows, **chosen: str) -> Rows:
    """Keep some columns under other names: ``new="old"``, with ``_`` for a blank."""
    return [{new.replace("_", " "): row[old] for new, old in chosen.items()} for row in rows]


def only(rows: Rows, column: str, *wanted: str) -> Rows:
    """Keep the rows that have one of these in a column, and leave the column out."""
    return [
        {name: cell for name, cell in row.items() if name != column} for row in rows if row[column] in wanted
    ]


def members(rows: Rows) -> Rows:
    """Pools and members over all matches."""
    return [row for row in rows if not str(row["what"]).startswith(_OF_THE_BRAIN)]


def parts(rows: Rows) -> Rows:
    """Leagues, seasons and months of the pool with early prices."""
    return [
        {**row, "what": str(row["what"]).removeprefix(_OF_THE_BRAIN)}
        for row in rows
        if str(row["what"]).startswith(_OF_THE_BRAIN)
    ]


def followers(rows: Rows) -> Rows:
    """Pools with other followers."""
    return [
        {"followers of the bookmakers": row["pool"], **{span: row[span] for span in SPANS},
         "gap in RPS, 2015/16–2022/23": row["gap, later: RPS"]}
        for row in only(rows, "what", "followers")
    ]  # fmt: skip


def precisions(rows: Rows) -> Rows:
    """Pools that hold competitions more or less firmly to each other."""
    return [
        {"precision": row["pool"],
         "2010/11–2014/15: log loss": row["gap, chosen on: log loss"], "RPS": row["gap, chosen on: RPS"],
         "2015/16–2022/23: log loss": row["gap, later: log loss"], "RPS ": row["gap, later: RPS"]}
        for row in only(rows, "what", "precision")
    ]  # fmt: skip


def of_counts(rows: Rows) -> Rows:
    """Corners, cards, and cards whoever the referee is."""
    named = [{**row, "league": LEAGUES[str(row["league"])]} for row in rows]
    return columns(
        named, count="subject", league="league", matches="n", yardstick="yardstick", model="model",
        difference="difference",
    )  # fmt: skip


def families(rows: Rows) -> Rows:
    """Distributions around the same rates."""
    return columns(
        [row for row in rows if row["shape"]] + [row for row in rows if row["model"] == "poisson"],
        model="model", shape="shape", log_loss_of_the_score="score log loss",
        log_loss_of_1X2="1X2 log loss", RPS="RPS",
    )  # fmt: skip


def rates(rows: Rows) -> Rows:
    """Other rates, the same distribution."""
    others = [row for row in rows if not row["shape"] and row["model"] != "poisson"]
    return columns(
        [row for row in rows if row["model"] == "dixon_coles"] + others,
        rates="model", log_loss_of_the_score="score log loss", log_loss_of_1X2="1X2 log loss", RPS="RPS",
    )  # fmt: skip


def friction(rows: Rows) -> Rows:
    """Say what friction adds, as learned and behind its gate."""
    learned, gated = (only(rows, "what", name) for name in ("friction", "friction, gated"))
    return [
        {"target": row["target"], "match-sides": row["match-sides"], "as learned": _gain(row),
         "gate open": row["open"], "with the gate": _gain(other)}
        for row, other in zip(learned, gated, strict=True)
    ]  # fmt: skip


def style(rows: Rows) -> Rows:
    """Say what style adds to the league's means."""
    apart, pooled = (
        only(rows, "what", f"style and friction over {name}") for name in ("league", "league, pooled")
    )
    return [
        {"count": row["target"], "match-sides": row["match-sides"], "over the league's means": _gain(row),
         "over its pooled mean": _gain(other)}
        for row, other in zip(apart, pooled, strict=True)
    ]  # fmt: skip


def _gain(row: Row) -> str:
    return f"{row['gain']} ({row['interval']})"


def beside_base_rates(*forecasters: str) -> Pick:
    """Markets of some forecasters beside the shares in which they won."""

    def pick(rows: Rows) -> Rows:
        shown = [row for row in only(rows, "beside", "base rate") if row["forecast"] in forecasters]
        return columns(
            shown, market="market", n="n", log_loss="log loss", base_rate="the other's",
            difference="difference", ECE="ECE",
        )  # fmt: skip

    return pick


def beside_prices(*whose: str) -> Pick:
    """Markets beside prices."""

    def pick(rows: Rows) -> Rows:
        names = {"the other's": "the price's"}
        return [
            {names.get(name, name): cell for name, cell in row.items() if name != "ECE"}
            for row in rows
            if row["beside"] in whose
        ]

    return pick


def players(rows: Rows) -> Rows:
    """Keep the shipped recipe, by who is judged and by season."""
    return [row for row in rows if row["scored"] is not None]


def recipes(rows: Rows) -> Rows:
    """Other recipes beside it."""
    others = [row for row in rows if row["scored"] is None]
    return [
        {"recipe": str(row["players"]).removeprefix("all listed, "), "log loss": row["log loss"],
         "difference": str(row["difference"]).partition(": ")[2], "ECE": row["ECE"]}
        for row in others
    ]  # fmt: skip


def dimensions(rows: Rows) -> Rows:
    """Every dimension of DNA, named as in the registry."""
    return [{**row, "dimension": f"`{row['dimension']}`"} for row in rows]


PAGES: Mapping[str, Mapping[str, tuple[str, Pick]]] = {
    "score-models": {"families": ("score_models", families), "rates": ("score_models", rates)},
    "corners-and-cards": {"counts": ("counts", of_counts)},
    "style-and-friction": {"friction": ("style", friction), "style": ("style", style)},
    "brain": {
        "members": ("brain", members),
        "parts": ("brain", parts),
        "followers": ("pooling", followers),
        "precisions": ("pooling", precisions),
    },
    "markets": {
        "goals": ("families", beside_base_rates("brain, early prices")),
        "order": ("families", beside_base_rates("brain, early prices, goals in order")),
        "counts": ("families", beside_base_rates("style")),
        "quotes": ("families", beside_prices("early price", "last price")),
        "further": ("families", beside_prices("extra-markets")),
    },
    "goalscorers": {"players": ("scorer_shares", players), "recipes": ("scorer_shares", recipes)},
    "reliability": {"dimensions": ("reliability", dimensions)},
}
"""Pages, their tables, and for each the topic that measures it and what it takes of that."""
