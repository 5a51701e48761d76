"""What readers choose: a language and a theme, kept in cookies that only this dashboard reads."""

from typing import NamedTuple

from fastapi import Request
from fastapi.responses import Response

from monps.web.messages import LANGUAGES

THEMES = ("auto", "light", "dark")
LANGUAGE_COOKIE, THEME_COOKIE = "monps_language", "monps_theme"
_YEAR = 365 * 24 * 3600


class Preferences(NamedTuple):
    """A language of ``LANGUAGES`` and a theme of ``THEMES``."""

    language: str
    theme: str


def preferences_of(request: Request) -> Preferences:
    """Read what was chosen, else what the browser asks for."""
    language = request.cookies.get(LANGUAGE_COOKIE, "")
    if language not in LANGUAGES:
        language = accepted_language(request.headers.get("accept-language", ""))
    theme = request.cookies.get(THEME_COOKIE, "")
    return Preferences(language, theme if theme in THEMES else THEMES[0])


def accepted_language(header: str) -> str:
    """Return the language we speak that an ``Accept-Language`` header ranks highest, English failing that.

    Examples
    --------
    >>> accepted_language("de, fr-CH;q=0.9, en;q=0.8"), accepted_language("ja"), accepted_language("fr;q=x")
    ('fr', 'en', 'en')
    """
    ranked = sorted((_ranked(part) for part in header.split(",")), key=lambda pair: -pair[0])
    return next((code for quality, code in ranked if code in LANGUAGES and quality > 0), "en")


def remember(response: Response, name: str, value: str, *, secure: bool) -> None:
    """Set a cookie for a year; scripts cannot read it."""
    response.set_cookie(name, value, max_age=_YEAR, path="/", httponly=True, samesite="lax", secure=secure)


def _ranked(part: str) -> tuple[float, str]:
    tag, _, parameter = part.strip().partition(";")
    try:
        quality = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
    except ValueError:
        quality = 0.0
    return quality, tag.strip().lower().partition("-")[0]
