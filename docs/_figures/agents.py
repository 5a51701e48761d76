"""Draw the pictures of the pages on agents and on the audit, and the map of all concepts.

Run ``python docs/_figures/agents.py`` to write them anew into ``docs/_static``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    RED,
    Scale,
    Sheet,
    arrow,
    box,
    dot,
    framed,
    line,
    percent,
    ticks,
    word,
    write,
)

import monps
from monps.agents import BaseRate, Bookmakers, Goals, History
from monps.domain.audit import AuditEntry, Head, Link, link_after
from monps.numerics.checks import Floats
from monps.ratings.market_memory import with_implied_goals

AGENTS = ((BaseRate(), "base_rate", GREY), (Goals(), "goals", GREEN), (Bookmakers(), "bookmakers", BLUE))
SHOWN = 14
HAPPENED = (("key", "created"), ("prediction", "created"), ("prediction", "overridden"))
BOXES = {
    "sources, identity": (20, 20), "time: as_of": (20, 86),
    "strengths": (220, 20), "DNA, friction": (220, 86), "market memory": (220, 152), "overround": (20, 152),
    "agents": (420, 86), "consensus": (420, 152),
    "scoreline grid": (420, 218), "goalscorers, season": (220, 218), "markets": (420, 284),
    "closing line value": (20, 284), "value, stake": (220, 284), "bankroll": (220, 350), "audit": (20, 350),
    "prediction": (420, 350),
}  # fmt: skip
WAYS = (
    ("sources, identity", "time: as_of"), ("time: as_of", "overround"), ("time: as_of", "strengths"),
    ("time: as_of", "DNA, friction"), ("overround", "market memory"), ("strengths", "agents"),
    ("DNA, friction", "agents"), ("market memory", "agents"), ("agents", "consensus"),
    ("consensus", "scoreline grid"), ("scoreline grid", "markets"), ("scoreline grid", "goalscorers, season"),
    ("markets", "prediction"), ("markets", "value, stake"), ("value, stake", "closing line value"),
    ("value, stake", "bankroll"), ("bankroll", "audit"),
)  # fmt: skip
WIDE, HIGH = 160, 36


def said() -> tuple[Floats, list[Floats]]:
    """Return the kick-offs of a team's home matches, in days, and what each agent said of its chances."""
    found = monps.simulate(seasons=4)
    league = found.matches.where(pl.col("competition") == "SIM1")
    history = History(with_implied_goals(league, found.quotes), found.quotes)
    frame = history.matches.frame
    last = frame["season"].max()
    team = frame.filter(season=last)["home"].sort()[0]
    wanted = ((frame["season"] == last) & (frame["home"] == team)).to_numpy()
    wanted &= np.cumsum(wanted) <= SHOWN
    chances = [agent.replay(history, wanted).grid(wanted).outcomes()[:, 0] for agent, _, _ in AGENTS]
    days = frame.filter(pl.Series(wanted))["kickoff"].dt.epoch("d").to_numpy()
    return (days - days[0]).astype(np.float64), chances


def opinions() -> Iterator[str]:
    """Draw what three agents said of the same home matches of a simulated team."""
    days, chances = said()
    scale = Scale((0.0, float(days[-1])), (0.0, 0.8), Sheet(640, 320))
    yield from ticks(scale, (), (0.0, 0.2, 0.4, 0.6, 0.8), percent)
    for place, ((_, name, colour), chance) in enumerate(zip(AGENTS, chances, strict=True)):
        yield line(scale, days, chance, colour)
        yield from (dot(scale.place(x, y), colour, 3.5) for x, y in zip(days, chance, strict=True))
        yield word((100 + 130 * place, 20), name, "start", colour)
    yield word((340, 310), "home matches of one team, through a season: chance to win")


def chain() -> list[Link]:
    """Chain three events, as the store does."""
    links: list[Link] = []
    for number, (entity, what) in enumerate(HAPPENED):
        entry = AuditEntry(
            occurred_at=datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(hours=number),
            event_type=f"{entity}.{what}",
            entity_type=entity,
            entity_id="1",
        )
        head = Head(links[-1].event_id, links[-1].hash) if links else Head()
        links.append(link_after(head, entry))
    return links


def audit() -> Iterator[str]:
    """Draw the chain, and what a change of the second event breaks."""
    links = chain()
    changed = links[1]._replace(entity_id="2")
    for place, link in enumerate(links):
        x = 20 + 210 * place
        yield box((x, 30, 180, 96), _facts(link))
        if place:
            yield arrow((x - 30, 78), (x, 78), GREEN)
    yield box((230, 160, 180, 96), _facts(changed._replace(hash=changed.computed_hash())), RED)
    yield arrow((320, 126), (320, 160), RED)
    yield word((425, 200), "changed: its hash is another one,", "start", RED)
    yield word((425, 220), "and event 3 does not follow", "start", RED)


def _facts(link: Link) -> tuple[str, ...]:
    return (
        f"event {link.event_id}: {link.event_type.split('.')[0]} {link.entity_id}",
        f"before {link.previous_hash[:6]}…",
        f"its own {link.hash[:6]}…",
    )


def concepts() -> Iterator[str]:
    """Draw how the nouns hang together."""
    for name, (x, y) in BOXES.items():
        yield box((x, y, WIDE, HIGH), (name,), BLUE if name == "scoreline grid" else INK)
    for start, end in WAYS:
        (x, y), (u, v) = BOXES[start], BOXES[end]
        if x == u:
            yield arrow((x + WIDE // 2, y + HIGH), (x + WIDE // 2, v))
        else:
            out, into = (x + WIDE, u) if x < u else (x, u + WIDE)
            points = f'x1="{out}" y1="{y + HIGH // 2}" x2="{into}" y2="{v + HIGH // 2}"'
            yield f'<line {points} stroke="{GREY}"/>' + dot((into, v + HIGH // 2), GREY, 3.5)


def files() -> dict[str, str]:
    """Return what each file in ``docs/_static`` should hold."""
    return {
        "opinions.svg": framed(
            "Chances of home wins of one simulated team as three agents saw them", opinions(), Sheet(640, 320)
        ),
        "audit.svg": framed(
            "Three events in a chain of hashes, and what a change of the second one breaks",
            audit(),
            Sheet(670, 276),
        ),
        "concepts.svg": framed(
            "From sources to agents, their consensus, one grid, its markets, value and bankroll",
            concepts(),
            Sheet(600, 406),
        ),
    }


if __name__ == "__main__":
    write(files())
