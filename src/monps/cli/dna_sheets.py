"""Profiles and friction in words, and as a picture."""

import math
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from monps.cli import pictures, render
from monps.domain.features import DimensionValue, Friction, FrictionEffect, FrictionEvidence, TeamDNA

_BAR, _REACH = 9, 2.5
_MOST_AXES = 24
_COLUMNS = ("value", "±", "z", "home", "away", "n", "age")


def show_dna(console: Console, dna: TeamDNA) -> None:
    """Print a profile, group by group, then whom the team resembles, and what is missing and why."""
    console.print(
        f"[bold]{dna.team}[/bold], {dna.competition} {dna.season.label}, "
        f"as known at {dna.as_of:%Y-%m-%d %H:%M} UTC: {dna.matches} matches this season, "
        f"{dna.coverage:.0%} of its dimensions known ({dna.data_quality})"
    )
    known = [each for each in dna.dimensions if each.is_known]
    rows = [(*_named(each), *_numbers(each)) for each in known]
    title = "z: standard deviations from the league's mean; ± one standard error; (*) does not repeat itself"
    console.print(render.table(title, ("group", "dimension", "low – high", "unit"), _COLUMNS, rows))
    for neighbour in dna.neighbours:
        console.print(
            f"like {neighbour.team}: distance {neighbour.distance:.2f} ± {neighbour.standard_error:.2f} "
            f"over {neighbour.dimensions} dimensions"
        )
    if dna.uniqueness is not None:
        console.print(f"{dna.uniqueness:.0%} of the other teams have a nearer neighbour")
    for reason, names in _missing(dna).items():
        console.print(f"missing: {', '.join(names)}: {reason}")


def _named(each: DimensionValue) -> tuple[str, str, str, str]:
    mark = "" if each.repeats else " (*)"
    return each.group, f"{each.dimension}{mark}", _bar(each.z or 0.0), each.unit


def _numbers(each: DimensionValue) -> Iterator[str]:
    for value in (each.value, each.standard_error):
        yield f"{value:.2f}"
    yield f"{each.z:+.1f}"
    for value in (each.home, each.away):
        yield "" if value is None else f"{value:.2f}"
    yield str(each.n)
    yield f"{each.age_days:.0f} d"


def _bar(z: float) -> str:
    """Mark a place between low and high.

    Examples
    --------
    >>> _bar(0.0), _bar(-9.0), _bar(2.5)
    ('····●····', '●········', '········●')
    """
    place = round((max(-_REACH, min(_REACH, z)) / _REACH + 1) / 2 * (_BAR - 1))
    return "·" * place + "●" + "·" * (_BAR - 1 - place)


def _missing(dna: TeamDNA) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for each in dna.dimensions:
        if each.reason is not None:
            reasons.setdefault(each.reason, []).append(each.dimension)
    return reasons


def show_friction(console: Console, friction: Friction) -> None:
    """Print what two teams do to each other, target by target, with what it was worth so far."""
    console.print(
        f"[bold]{friction.home} – {friction.away}[/bold], {friction.competition}, "
        f"as known at {friction.as_of:%Y-%m-%d %H:%M} UTC"
    )
    rows = [
        (
            target.target,
            name,
            *_effect(effect),
            "yes" if target.moves_prices else "no",
            _gain(target.evidence),
        )
        for target in friction.targets
        for name, effect in ((friction.home, target.home), (friction.away, target.away))
    ]
    numbers = ("expected", "friction", "95 %", "moves prices", "nats a match-side (n)")
    console.print(render.table("Friction beyond the sum of styles", ("target", "side"), numbers, rows))
    for target in friction.targets:
        console.print(f"{target.target}: {target.note}")
        for name, effect in ((friction.home, target.home), (friction.away, target.away)):
            if effect is not None and target.moves_prices:
                console.print(f"  {name}: {_made_of(effect)}")


def _effect(effect: FrictionEffect | None) -> tuple[str, str, str]:
    if effect is None:
        return "–", "–", "–"
    return f"{effect.expected:.2f}", f"{effect.effect:+.3f}", f"{effect.lower:+.3f} … {effect.upper:+.3f}"


def _gain(evidence: FrictionEvidence | None) -> str:
    if evidence is None:
        return "–"
    return f"{evidence.gain:+.4f} [{evidence.lower:+.4f}, {evidence.upper:+.4f}] ({evidence.n:,})"


def _made_of(effect: FrictionEffect) -> str:
    """Say which pairs of dimensions make an effect."""
    return "; ".join(
        f"{pair.own} ({pair.own_z:+.1f}) against {pair.opposing} ({pair.opposing_z:+.1f}) "
        f"{pair.contribution:+.3f}"
        for pair in effect.pairs
    )


def draw_radar(dna: TeamDNA, path: Path) -> None:
    """Draw the dimensions that repeat themselves as a radar of z, with one standard error on either side.

    Raises
    ------
    UsageError
        If matplotlib is not installed, or the file cannot become a picture.
    """
    shown = [each for each in dna.dimensions if each.is_known and each.repeats][:_MOST_AXES]
    drawn = pictures.figure(1, 1, (8.0, 8.0), polar=True)
    axes = drawn.axes[0]
    angles = [2 * math.pi * place / len(shown) for place in range(len(shown))]
    z, error = [each.z or 0.0 for each in shown], [each.z_error or 0.0 for each in shown]
    closed = [*angles, angles[0]]
    low, high = ([value + sign * off for value, off in zip(z, error, strict=True)] for sign in (-1, 1))
    axes.fill_between(closed, [*low, low[0]], [*high, high[0]], alpha=0.25, linewidth=0)
    axes.plot(closed, [*z, z[0]], linewidth=1.5)
    axes.plot(closed, [0.0] * len(closed), color="grey", linewidth=0.8, linestyle="--")
    axes.set_xticks(angles, [each.dimension.replace("_", " ") for each in shown], fontsize=8)
    axes.set_ylim(-3.0, 3.0)
    axes.set_yticks([-2, -1, 0, 1, 2])
    axes.set_title(
        f"{dna.team}, {dna.competition} {dna.season.label}, {dna.as_of:%Y-%m-%d} (z in the league)"
    )
    pictures.save(drawn, path)
