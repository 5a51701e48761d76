"""What the dashboard says, in the languages that it speaks; the key of a message is its English text."""

from collections.abc import Mapping

from monps.web.messages import french, french_markets

FRENCH: Mapping[str, str] = {**french.MESSAGES, **french_markets.MESSAGES}
CATALOGUES: dict[str, Mapping[str, str]] = {"en": {}, "fr": FRENCH}
"""Translations by language; English needs none."""
LANGUAGES = {"en": "English", "fr": "Français"}
"""The languages' own names."""
