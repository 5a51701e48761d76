"""Sentences that come with what is shown, said in the reader's language.

Predictions, fits and bets carry their reasons as English text: it is kept with them, so that a record says
what it said when it was made. A catalogue of their forms, with gaps, turns them into other languages.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Formatter

_REMEMBERED = 4096
_ANYTHING = ".+?"
_KINDS = {
    "number": r"[+-]?\d[\d,]*(?:\.\d+)?%?",
    "day": r"\d{4}-\d\d-\d\d",
    "words": _ANYTHING,
    "": _ANYTHING,
}
"""What may stand in a gap of each kind."""
_LETTER = re.compile(r"[^\W\d_]")
Words = Callable[[str], str]


class Phrasebook:
    """Translates sentences by their forms.

    A sentence is translated whole or not at all: what stands in a gap for words must itself be known, and in
    a gap for a number or a day there must be one.

    Parameters
    ----------
    forms : mapping of str to str
        From the English form to that of another language; see ``messages.french_sentences``.
    names : mapping of str to str
        Translations of words and names that may stand in a gap, or alone.
    write_number : callable
        Writes a number, given as English writes it, in the other language.

    Examples
    --------
    >>> book = Phrasebook({"{n} days of {what}": "{n:number} jours de {what:words}"}, {"rain": "pluie"})
    >>> book.translate("12 days of rain"), book.translate("12 days of wonder")
    ('12 jours de pluie', None)
    """

    def __init__(
        self, forms: Mapping[str, str], names: Mapping[str, str], write_number: Words = lambda text: text
    ) -> None:
        self._names, self._write_number = names, write_number
        ordered = sorted(forms, key=lambda form: -len(re.sub(r"\{[^}]*\}", "", form)))
        self._forms = [(_pattern(form, _kinds(forms[form])), forms[form]) for form in ordered]
        self._loosely = [_pattern(form, {}) for form in ordered]
        self.translate = lru_cache(maxsize=_REMEMBERED)(self._translate)

    def has_form(self, text: str) -> bool:
        """Whether a sentence has a known form, whatever stands in its gaps."""
        return any(pattern.fullmatch(text) for pattern in self._loosely)

    def _translate(self, text: str) -> str | None:
        """Return a sentence in the other language; None if it is not known."""
        for name in (text, text.replace("_", " ")):
            if name in self._names:
                return self._names[name]
        if not _LETTER.search(text):
            return text
        return (
            self._part_by_part(text, "; ", " ; ")
            or self._by_form(text)
            or self._part_by_part(text, ": ", " : ")
            or self._part_by_part(text, ", ", ", ")
        )

    def _by_form(self, text: str) -> str | None:
        matches = ((pattern.fullmatch(text), form) for pattern, form in self._forms)
        filled = (self._filled(form, found.groupdict()) for found, form in matches if found)
        return next((each for each in filled if each is not None), None)

    def _filled(self, form: str, gaps: Mapping[str, str]) -> str | None:
        """Fill a form's gaps; None where one cannot be told."""
        parts = []
        for literal, gap, kind, _ in Formatter().parse(form):
            told = self._in_gap(gaps[gap], kind) if gap else ""
            if told is None:
                return None
            parts += [literal, told]
        return "".join(parts)

    def _in_gap(self, text: str, kind: str | None) -> str | None:
        if kind == "words":
            return self._translate(text)
        return self._write_number(text) if kind == "number" else text

    def _part_by_part(self, text: str, between: str, other: str) -> str | None:
        """Translate remarks that were strung together, if all of them are known."""
        if between not in text:
            return None
        parts = [self._translate(part) for part in text.split(between)]
        return None if None in parts else other.join(part for part in parts if part)


def _kinds(form: str) -> dict[str, str]:
    return {gap: kind or "" for _, gap, kind, _ in Formatter().parse(form) if gap}


def _pattern(form: str, kinds: Mapping[str, str]) -> re.Pattern[str]:
    """Return what matches the sentences of a form; a gap of which no kind is given may hold anything."""
    parts = (
        re.escape(literal) + (f"(?P<{gap}>{_KINDS[kinds.get(gap, '')]})" if gap else "")
        for literal, gap, _, _ in Formatter().parse(form)
    )
    return re.compile("".join(parts), re.DOTALL)
