"""Names without what is no part of them: accents, case, punctuation."""

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"}
)


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Return a name's letters and figures in lower case, words apart by single blanks.

    Examples
    --------
    >>> fold("Saint-Étienne"), fold("St. Pauli"), fold("Nott'm  Forest")
    ('saint etienne', 'st pauli', 'nottm forest')
    """
    lowered = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", lowered).casefold()
    letters = (
        character if character.isalnum() else "" if character in "'’`" else " "
        for character in plain
        if not unicodedata.combining(character)
    )
    return " ".join("".join(letters).split())
