"""Whatever the dashboard says in English, it says in French; and nothing is translated that is not said."""

import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from monps.brain import FORECASTERS
from monps.dna import DIMENSIONS
from monps.domain.backtest import BacktestJob
from monps.domain.features import FrictionTargetName
from monps.domain.health import Verdict
from monps.domain.ledger import RESULTS
from monps.domain.opinions import ConfidenceLevel, DataQuality
from monps.domain.risk import Reason
from monps.domain.scorers import Position
from monps.markets import MARKETS
from monps.markets.catalogue import catalogue
from monps.staking import STAKE_RULES
from monps.web import naming, pictures, rendering
from monps.web.messages import FRENCH
from monps.web.pages.backtests import STAKES

WEB = Path(rendering.__file__).parent
CALL = re.compile(r'\b_\(\s*"((?:[^"\\]|\\.)*)"\s*(?:,|\))')
SAME_IN_BOTH = {"RPS", "Brier", "n", "z", "#", "±"}


def in_templates() -> set[str]:
    texts = (path.read_text() for path in WEB.rglob("templates/**/*") if path.is_file())
    return {message for text in texts for message in CALL.findall(text)}


def in_code() -> set[str]:
    """Messages handed to ``message``, to a refusal, and the headings of twins."""
    found = set()
    for path in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in {"message", "Column", "Refusal", "Series"}:
                found |= {arg.value for arg in node.args[:2] if _is_text(arg)}
    return found - {"text", "percent", "number", "signed", "count", "odds", "message", "plain", "bad", ""}


def _name(function):
    return getattr(function, "attr", getattr(function, "id", ""))


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def words_of(*kinds):
    return {word.replace("_", " ") for kind in kinds for word in get_args(kind)}


NAMES = {
    "dimensions": {name.replace("_", " ") for name in DIMENSIONS},
    "families": {naming.FAMILY_NAMES.get(name, name.replace("_", " ").capitalize()) for name in MARKETS},
    "headings": {*naming.GROUPS, naming.OTHER_GROUP},
    "forecasters": {name.replace("_", " ") for name in FORECASTERS},
    "results": {name.replace("_", " ") for name in RESULTS},
    "levels": words_of(ConfidenceLevel, DataQuality, Verdict, Position, FrictionTargetName, Reason),
    "states": set(get_args(BacktestJob.model_fields["state"].annotation)),
    "selections": {
        word
        for row in catalogue()
        for selection in row.selections
        if not re.search(r"\d", selection) and not selection.startswith("any_other")
        for part in selection.split("/")
        for word in part.split("_")
    },
    "stakes": {rule.replace("_", " ") for rule in STAKE_RULES} | set(STAKES.values()),
    "themes": {f"Theme: {theme}" for theme in ("auto", "light", "dark")},
    "cuts": {f"By {cut}" for cut in ("market", "competition", "bookmaker", "month")},
}


def test_every_message_of_the_templates_is_translated():
    assert {m for m in in_templates() if not m.endswith(" ")} - set(FRENCH) - SAME_IN_BOTH == set()


def test_every_message_of_the_code_is_translated():
    assert {m for m in in_code() if not m.isdigit()} - set(FRENCH) - SAME_IN_BOTH == set()


@pytest.mark.parametrize("kind", NAMES)
def test_every_name_is_translated(kind):
    assert NAMES[kind] - set(FRENCH) == set()


def test_a_translation_has_the_same_gaps():
    def gaps(text):
        return {field for _, field, _, _ in Formatter().parse(text) if field is not None}

    assert {english for english, french in FRENCH.items() if gaps(english) != gaps(french)} == set()


def test_every_way_to_stake_is_offered_and_explained():
    assert STAKES.keys() == STAKE_RULES.keys()


def test_a_missing_message_would_be_found():
    assert CALL.findall('{{ _("Never said") }} {{ _( "n {x}", x=1) }}') == ["Never said", "n {x}"]


def test_pictures_are_imported_for_their_headings():
    assert Path(pictures.__file__).parent in {path.parent for path in WEB.rglob("*.py")}
