"""What the engine and the services say in English, the dashboard can say in French."""

import re
from string import Formatter

import pytest

import said_in_english
from monps.dna.dimensions import ALL
from monps.staking.controls import CONTROLS
from monps.web.messages import FRENCH
from monps.web.messages.french_sentences import SENTENCES
from monps.web.phrasebook import Phrasebook
from monps.web.writing import WRITERS
from said_in_english import GAP, Said

NEVER_SHOWN = {
    "agents/base.py": "gives grids without rates",
    "agents/style.py": "style keeps its own forecasts",
    "agents/style_fit.py": "nothing was wanted of",
    "brain/fitted.py": "nobody learned weights",
    "players/goalscorer.py": "players' chances are all",
    "backtest/kept.py": "a grid is asked for",
    "backtest/task.py": "the worker has another version",
}
"""Faults in calling code, which no reader of a page can bring about."""
FRENCH_BOOK = Phrasebook(SENTENCES, FRENCH)


def said() -> list[Said]:
    every = dict.fromkeys([*said_in_english.raised(), *said_in_english.told()])
    return [each for each in every if NEVER_SHOWN.get(each.where.partition(":")[0], GAP * 9) not in each.text]


@pytest.mark.parametrize("each", said(), ids=lambda each: each.where)
def test_every_sentence_has_a_french_form(each):
    numbers = iter(range(11, 99))
    sample = re.sub(GAP, lambda _: f"Xy{next(numbers)}", each.text)
    assert sample in FRENCH or FRENCH_BOOK.has_form(sample), each.text


def test_the_scan_finds_sentences_in_errors_reasons_and_formats():
    texts = {each.text for each in said()}
    assert len(texts) > 80
    assert f"{GAP} cannot play itself" in texts
    assert f"{GAP} prices, all markets together" in texts
    assert f"{GAP} moved from {GAP} % to {GAP} %" in texts


def test_a_sentence_that_nobody_translated_would_be_found():
    assert not FRENCH_BOOK.has_form("Xy11 fell asleep during Xy12")


def test_a_french_form_has_the_gaps_of_the_english_one():
    def gaps(form):
        return {gap for _, gap, _, _ in Formatter().parse(form) if gap}

    def kinds(form):
        return {kind for _, _, kind, _ in Formatter().parse(form)} - {None}

    assert {english for english, french in SENTENCES.items() if gaps(english) != gaps(french)} == set()
    assert set().union(*map(kinds, SENTENCES.values())) == {"", "words", "number", "day"}


@pytest.mark.parametrize("name", CONTROLS)
def test_every_control_has_a_name(name):
    assert WRITERS["fr"].sentence(name) not in {None, name}


def test_what_a_dimension_needs_can_be_told():
    needs = {each.needs for each in ALL if each.needs}
    assert {
        each for each in needs if WRITERS["fr"].sentence(f"nobody counted it here; it takes {each}") is None
    } == set()


TRANSLATED = {
    "bookmakers lead with 1.62 : 0.94 goals (last prices, all markets together; home moved from 44.1 % to "
    "47.0 %)":
        "bookmakers en tête avec 1,62 : 0,94 buts (cotes finales, tous marchés ensemble ; domicile passe de "
        "44,1 % à 47,0 %)",
    "early prices, all markets together; bet365 is out of line on draw: 2.1 points from the other books":
        "cotes précoces, tous marchés ensemble ; bet365 s’écarte sur nul : 2,1 points des autres bookmakers",
    "dixon coles -0.12 goals for {Attack}": "Dixon-Coles : −0,12 but pour {Attack}",
    "an expected value of -3.1% does not clear 2.0%":
        "une espérance de −3,1\u202f% ne dépasse pas 2,0\u202f%",
    "results and shots of 1,234 matches up to 2026-03-08":
        "résultats et tirs de 1\u202f234 matchs, jusqu’au 2026-03-08",
    "no agent has anything to go by: style: too little history up to 2026-03-08; bookmakers: no early prices":
        "aucun agent n’a de quoi se prononcer : style : trop peu d’historique, jusqu’au 2026-03-08 ; "
        "bookmakers : pas de cotes précoces",
    "0.3 GB free; make room before the next ingestion": "0,3 Go libres ; faites de la place avant de relire",
}  # fmt: skip


@pytest.mark.parametrize("english", TRANSLATED)
def test_sentences_are_translated_whole(english):
    assert WRITERS["fr"].sentence(english) == TRANSLATED[english]
    assert WRITERS["en"].sentence(english) == english


@pytest.mark.parametrize(
    "text", ["the moon is full", "the newest result is many days old", "moon lead with 1 : 2 goals (x)"]
)
def test_what_is_not_known_is_not_half_translated(text):
    assert WRITERS["fr"].sentence(text) is None
