"""What the dashboard says, in the languages that it speaks; the key of a message is its English text."""

from collections.abc import Mapping

from monps.web.messages import french, french_markets, french_sentences, french_words

FRENCH: Mapping[str, str] = {**french.MESSAGES, **french_words.MESSAGES, **french_markets.MESSAGES}
CATALOGUES: dict[str, Mapping[str, str]] = {"en": {}, "fr": FRENCH}
"""Translations by language; English needs none."""
SENTENCES: dict[str, Mapping[str, str]] = {"en": {}, "fr": french_sentences.SENTENCES}
"""Forms of sentences by language; see ``monps.web.phrasebook``."""
LANGUAGES = {"en": "English", "fr": "Français"}
"""The languages' own names."""
