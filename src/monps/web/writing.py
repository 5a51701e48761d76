"""How numbers, moments and messages are written in one language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from monps.web.messages import CATALOGUES, SENTENCES
from monps.web.phrasebook import Phrasebook

Number = float | Decimal
_THIN = "\u202f"
_DASH = "–"
_MINUS = "−"
_LONG = 100
"""Odds from here on need no decimals."""
_TWO_DAYS = 2
_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
}
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": (
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juill.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ),
}


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes for readers of one language; what is missing is a dash.

    Parameters
    ----------
    language : str
        ``en`` or ``fr``.
    """

    language: str = "en"

    def message(self, text: str, **values: object) -> str:
        """Return a message in this language, its gaps filled.

        Examples
        --------
        >>> Writer("fr").message("draw")
        'nul'
        """
        translated = CATALOGUES[self.language].get(text, text)
        return translated.format(**values) if values else translated

    def sentence(self, text: str) -> str | None:
        """Return a sentence that came with what is shown, in this language; None if nobody knows it.

        Examples
        --------
        >>> Writer("fr").sentence("the newest result is 12 days old")
        'le résultat le plus récent a 12 jours'
        """
        return text if self.language == "en" else _BOOKS[self.language].translate(text)

    def number(self, value: Number | None, places: int = 2) -> str:
        """Write with decimals.

        Examples
        --------
        >>> Writer("fr").number(-12.5), Writer("en").number(None)
        ('−12,50', '–')
        """
        return _DASH if value is None else self._local(f"{value:,.{places}f}")

    def signed(self, value: Number | None, places: int = 2) -> str:
        """Write with a sign, always.

        Examples
        --------
        >>> Writer().signed(0.034, 3), Writer().signed(-0.5)
        ('+0.034', '−0.50')
        """
        return _DASH if value is None else self._local(f"{value:+,.{places}f}")

    def percent(self, value: Number | None, places: int = 1) -> str:
        """Write a share of 1 as a percentage.

        Examples
        --------
        >>> Writer().percent(0.4461), Writer().percent(None)
        ('44.6%', '–')
        """
        if value is None:
            return _DASH
        return self._local(f"{100 * value:.{places}f}") + ("%" if self.language == "en" else f"{_THIN}%")

    def signed_percent(self, value: Number | None, places: int = 1) -> str:
        """Write a share of 1 as a percentage with its sign."""
        if value is None:
            return _DASH
        return self._local(f"{100 * value:+.{places}f}") + ("%" if self.language == "en" else f"{_THIN}%")

    def odds(self, value: Number | None) -> str:
        """Write decimal odds: two places, and none from 100 on."""
        return self.number(value, 2 if value is None or value < _LONG else 0)

    def count(self, value: Number | None) -> str:
        """Write a whole number."""
        return self.number(value, 0)

    def text(self, value: object) -> str:
        """Write words as they are."""
        return _DASH if value is None else str(value)

    def day(self, moment: date | datetime | None) -> str:
        """Write a day: ``Sat 13 Sep 2025``."""
        if moment is None:
            return _DASH
        return f"{_WEEKDAYS[self.language][moment.weekday()]} {self._calendar_day(moment)}"

    def moment(self, moment: datetime | None) -> str:
        """Write a day and a time, which is UTC."""
        return _DASH if moment is None else f"{self._calendar_day(moment)}, {self.clock(moment)}"

    def clock(self, moment: datetime) -> str:
        """Write a time of day, UTC."""
        return f"{moment:%H:%M} UTC"

    def age(self, days: float | None) -> str:
        """Write an age: hours below two days, else days."""
        if days is None:
            return _DASH
        if days < _TWO_DAYS:
            return self.message("{n} h", n=self.count(24 * days))
        return self.message("{n} days", n=self.count(days))

    def form(self, name: str) -> Callable[..., str]:
        """Return what writes a column of this form; see ``pictures.twin.Form``."""
        forms: dict[str, Callable[..., str]] = {
            "text": self.text, "percent": self.percent, "signed_percent": self.signed_percent,
            "number": self.number, "signed": self.signed, "count": self.count, "odds": self.odds,
            "message": self.message,
        }  # fmt: skip
        return forms[name]

    def _calendar_day(self, moment: date) -> str:
        return f"{moment.day} {_MONTHS[self.language][moment.month - 1]} {moment.year}"

    def _local(self, written: str) -> str:
        """Write in this language's way; what rounds to zero has no minus."""
        if not any(digit in written for digit in "123456789"):
            written = written.replace("-", "")
        if self.language == "fr":
            written = written.replace(",", _THIN).replace(".", ",")
        return written.replace("-", _MINUS)


def _in_words(language: str) -> Callable[[str], str]:
    """Return what writes a number in a language that is given as English writes it."""
    writer = Writer(language)
    return lambda text: writer._local(text.replace("%", "")) + (f"{_THIN}%" if text.endswith("%") else "")  # noqa: SLF001


_BOOKS = {
    language: Phrasebook(forms, CATALOGUES[language], _in_words(language))
    for language, forms in SENTENCES.items()
}
WRITERS = {language: Writer(language) for language in CATALOGUES}
"""One for every language."""
