"""Draw the pictures of the pages on DNA and friction.

Run ``python docs/_figures/style.py`` to write them anew into ``docs/_static``.
"""

import math
from collections.abc import Iterator

import numpy as np
from drawing import Sheet, attributed, framed, write

from monps.dna.interaction import low_rank

INK, GREY, BLUE, PALE, RED, GREEN = "#1f2933", "#9aa5b1", "#104e8b", "#c7d8e8", "#b3261e", "#1b7f4b"

PROFILE = {
    "shots": (1.2, 0.3), "shot quality": (-0.6, 0.4), "possession": (1.4, 0.2), "pass accuracy": (1.1, 0.15),
    "pressing": (-1.3, 0.3), "width": (0.4, 0.5), "aerial success": (-0.9, 0.3), "set pieces": (-0.3, 0.5),
    "fouls": (-0.8, 0.35), "cards": (0.2, 0.45), "rotation": (0.7, 0.4), "superiority": (1.0, 0.2),
}  # fmt: skip
"""z and its standard error of an invented team."""
RADIUS, MIDDLE, REACH, NEAR = 150.0, (260.0, 210.0), 2.5, 20.0


def spot(place: int, z: float) -> tuple[float, float]:
    """Return where a value lies on an axis of the radar."""
    angle = 2 * math.pi * place / len(PROFILE) - math.pi / 2
    out = RADIUS * (z + REACH) / (2 * REACH)
    return MIDDLE[0] + out * math.cos(angle), MIDDLE[1] + out * math.sin(angle)


def ring(values: list[float]) -> str:
    """Return the points of a closed line."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in (spot(place, z) for place, z in enumerate(values)))


def radar() -> Iterator[str]:
    """Draw a profile as a radar."""
    z, error = ([each[part] for each in PROFILE.values()] for part in (0, 1))
    for level in (-2.0, -1.0, 0.0, 1.0, 2.0):
        dash = "" if level == 0.0 else ' stroke-dasharray="2 4"'
        yield f'<polygon points="{ring([level] * len(z))}" fill="none" stroke="{GREY}"{dash}/>'
    outer = ring([value + off for value, off in zip(z, error, strict=True)])
    inner = ring([value - off for value, off in zip(z, error, strict=True)])
    yield f'<path d="M {outer} Z M {inner} Z" fill="{PALE}" fill-rule="evenodd"/>'
    yield f'<polygon points="{ring(z)}" fill="none" stroke="{BLUE}" stroke-width="2"/>'
    for place, name in enumerate(PROFILE):
        x, y = spot(place, REACH + 0.45)
        anchor = "middle" if abs(x - MIDDLE[0]) < NEAR else "start" if x > MIDDLE[0] else "end"
        yield f'<text x="{x:.1f}" y="{y + 4:.1f}" fill="{INK}" text-anchor="{anchor}">{name}</text>'


def patterns() -> Iterator[str]:
    """Draw an interaction as a matrix, and its strongest pattern."""
    d, cell = 5, 30
    chance = np.random.default_rng(3).normal(0.0, 0.25, (d, d))
    w = np.outer([1.0, 0.6, -0.2, 0.1, -0.7], [0.9, -0.3, 0.4, 0.0, -0.8]) + chance
    kept = low_rank(np.concatenate([np.zeros(1 + d), w.ravel()]), d, 1)[1 + d :].reshape(d, d)
    for number, (words, matrix) in enumerate((("what was seen", w), ("its strongest pattern", kept))):
        left, top = 60 + number * 250, 60
        for row, column in np.ndindex(d, d):
            strength = float(np.clip(matrix[row, column], -1.0, 1.0))
            colour = BLUE if strength > 0 else RED
            yield (
                f'<rect x="{left + column * cell}" y="{top + row * cell}" width="{cell - 2}" '
                f'height="{cell - 2}" fill="{colour}" fill-opacity="{abs(strength):.2f}"/>'
            )
        centre = left + d * cell / 2
        yield f'<text x="{centre:.0f}" y="48" text-anchor="middle" fill="{INK}">{words}</text>'
        yield (
            f'<text x="{centre:.0f}" y="{top + d * cell + 18}" text-anchor="middle" fill="{GREY}">'
            "the opponent's dimensions</text>"
        )
    yield (
        f'<text x="44" y="{60 + d * cell / 2:.0f}" text-anchor="middle" fill="{GREY}" '
        f'transform="rotate(-90 44 {60 + d * cell / 2:.0f})">the side\'s own</text>'
    )


def files() -> dict[str, str]:
    """Return every picture by the name of its file."""
    pictures = {
        "radar.svg": (
            "A profile as a radar: z in the league, one standard error on either side",
            radar(), Sheet(520, 420),
        ),
        "friction.svg": (
            "What two profiles do to each other, as a matrix, and the strongest pattern in it",
            patterns(), Sheet(520, 250),
        ),
    }  # fmt: skip
    return {
        name: framed(words, attributed(shapes, font_size="13"), sheet)
        for name, (words, shapes, sheet) in pictures.items()
    }


if __name__ == "__main__":
    write(files())
