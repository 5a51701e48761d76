"""Draw the pictures of the pages on time and on walking forward.

Run ``python docs/_figures/looking_back.py`` to write them anew into ``docs/_static``.
"""

from collections.abc import Iterator

from drawing import BLUE, GREEN, GREY, PALE, RED, WHITE, Sheet, bar, dot, framed, word, write

LEFT, RIGHT, DAYS = 30, 610, 8
STEP = 58
ASKED = ((330, "asked as of 1 June: 2–1", GREEN), (560, "asked as of today: 2–2", BLUE))


def revisions() -> Iterator[str]:
    """Draw two revisions of one result, and what the store answers when asked as of two moments."""
    yield f'<line x1="{LEFT}" y1="150" x2="{RIGHT}" y2="150" stroke="{GREY}"/>'
    yield word((RIGHT, 172), "known at", "end", GREY)
    yield bar((110, 60), (RIGHT - 110, 26), "#cfe6d8")
    yield word((120, 78), "revision 1: 2–1", "start")
    yield bar((430, 98), (RIGHT - 430, 26), "#c7d8e8")
    yield word((440, 116), "revision 2: 2–2", "start")
    for x, when in ((110, "6 May, final whistle"), (430, "10 June, corrected")):
        yield dot((x, 150))
        yield word((x, 172), when)
    for x, answer, colour in ASKED:
        dashes = f'stroke="{colour}" stroke-width="2" stroke-dasharray="5 4"'
        yield f'<line x1="{x}" y1="40" x2="{x}" y2="190" {dashes}/>'
        yield word((x, 30), answer, colour=colour)


def walk() -> Iterator[str]:
    """Draw four mornings: what each knows, what it forecasts, and what it must not see."""
    for row in range(4):
        y, today = 46 + row * 44, row + 3
        yield word((LEFT + 96, y + 21), f"morning of day {today + 1}", "end")
        for day in range(DAYS):
            colour = PALE if day < today else BLUE if day == today else WHITE
            cell = bar((LEFT + 110 + day * STEP, y), (STEP - 4, 32), colour)
            yield cell.replace("/>", f' stroke="{GREY}" stroke-dasharray="3 3"/>' if day > today else "/>")
    for day in range(DAYS):
        yield word((LEFT + 110 + day * STEP + STEP / 2 - 2, 34), str(day + 1), colour=GREY)
    for x, colour, words in ((140, PALE, "known: fitted on"), (320, BLUE, "forecast, then written down")):
        yield bar((x, 236), (16, 16), colour)
        yield word((x + 24, 249), words, "start")
    yield word((555, 249), "empty: not yet there", "start", RED)


def files() -> dict[str, str]:
    """Return what each file in ``docs/_static`` should hold."""
    return {
        "revisions.svg": framed(
            "A result known in May and corrected in June: as of 1 June the store says 2–1, as of today 2–2",
            revisions(),
            Sheet(640, 200),
        ),
        "walk-forward.svg": framed(
            "On the morning of each day the days before it are known, and that day is forecast",
            walk(),
            Sheet(720, 270),
        ),
    }


if __name__ == "__main__":
    write(files())
