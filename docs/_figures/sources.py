"""Draw the pictures of the pages on sources and identity.

Run ``python docs/_figures/sources.py`` to write them anew into ``docs/_static``.
"""

from drawing import BLUE, GREEN, GREY, INK, RED, Sheet, arrow, box, framed, write


def way_of_a_payload() -> str:
    """Draw how a payload becomes rows that models can ask for."""
    steps = (
        (("payload", "as it came"), BLUE),
        (("parsed", "under the", "source's names"), INK),
        (("linked", "to matches,", "teams, players"), GREEN),
        (("asked", "as of a moment"), BLUE),
    )
    shapes = [
        box((20 + 155 * place, 40, 125, 80), lines, color) for place, (lines, color) in enumerate(steps)
    ]
    shapes += [arrow((145 + 155 * place, 80), (175 + 155 * place, 80)) for place in range(3)]
    shapes.append(box((20, 160, 125, 50), ("refused whole,", "with a reason"), RED))
    shapes.append(box((175, 160, 125, 50), ("rows refused,", "drift counted"), RED))
    shapes.append(box((330, 160, 125, 50), ("open, kept,", "not handed out"), GREY))
    shapes += [arrow((82 + 155 * place, 120), (82 + 155 * place, 160)) for place in range(3)]
    words = (
        "A payload is parsed, linked and then asked for as of a moment; what fails on the way is kept apart"
    )
    return framed(words, shapes, Sheet(640, 230))


def ways_to_know() -> str:
    """Draw the order in which a name is judged."""
    steps = ("decided by somebody?", "the same name?", "a known alias?", "the same results?")
    shapes = []
    for place, question in enumerate(steps):
        y = 20 + 62 * place
        shapes.append(box((20, y, 210, 40), (question,), BLUE))
        shapes.append(arrow((230, y + 20), (300, y + 20), GREEN))
        shapes.append(f'<text x="265" y="{y + 12}" text-anchor="middle" fill="{GREEN}">yes</text>')
        if place < len(steps) - 1:
            shapes.append(arrow((125, y + 40), (125, y + 62)))
    shapes.append(box((300, 20, 140, 40), ("linked",), GREEN))
    shapes.append(box((300, 82, 140, 102), ("linked, unless", "fixtures", "contradict"), GREEN))
    shapes.append(box((300, 206, 140, 40), ("linked",), GREEN))
    shapes.append(arrow((125, 246), (125, 276)))
    shapes.append(box((20, 276, 420, 40), ("open, with suggestions, until somebody decides",), RED))
    words = (
        "A name is linked by a decision, as the same name, as an alias or by results; otherwise it stays open"
    )
    return framed(words, shapes, Sheet(460, 336))


def files() -> dict[str, str]:
    """Return what each file in ``docs/_static`` should hold."""
    return {"sources.svg": way_of_a_payload(), "identity.svg": ways_to_know()}


if __name__ == "__main__":
    write(files())
