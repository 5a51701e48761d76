"""Stores of before revision 0008 keep their predictions, up and down."""

import hashlib
from contextlib import closing

import pytest
from sqlalchemy import text

from monps.domain.football import Score
from monps.domain.predictions import QuotedEdge
from monps.storage.engine import WRITE, engine_for
from monps.storage.schema import SqlDatabase
from opinions import ensemble_prediction

EDGE = QuotedEdge(
    family="match_result", line=None, period="full_time", selection="home", bookmaker="bet365", odds=2.2,
    probability=0.48, fair_implied=0.44,
)  # fmt: skip
PRICES = (
    "SELECT family, line, period, selection, probability, fair_odds, bookmaker, odds FROM market_predictions"
)


@pytest.fixture
def old(database):
    """A store with one prediction, one revision back."""
    prediction = ensemble_prediction(prediction_id="p-1", match_id=None, edges=(EDGE,))
    with database.open_work(write=True) as work:
        work.predictions.add(prediction, prediction.model_dump_json().encode())
        work.commit()
    database.downgrade("0002")
    return prediction


def rows(url, statement):
    engine = engine_for(url)
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        found = connection.execute(text(statement)).all()
    engine.dispose()
    return found


def test_one_revision_back_every_price_has_its_row(old, database_url):
    found = {row[:4]: row[4:] for row in rows(database_url, PRICES)}
    assert len(found) == len(old.markets)
    for each in old.markets:
        offer = (
            ("bet365", 2.2) if each.selection == "home" and each.family == "match_result" else (None, None)
        )
        key = each.family, each.line, each.period, each.selection
        assert found[key] == (each.probability, each.fair_odds, *offer)


def test_up_again_it_is_read_as_it_was_written(old, database_url):
    with closing(SqlDatabase(database_url)) as database:
        database.upgrade()
        with database.open_work() as work:
            kept = work.predictions.kept("p-1")
            assert kept.payload == old.model_dump_json().encode()
            assert kept.digest == hashlib.sha256(kept.payload).hexdigest()
            assert work.predictions.find("p-1") == old
    likely = "SELECT likely_home, likely_away, likely_probability FROM ensemble_predictions"
    assert [Score(home=row[0], away=row[1]) for row in rows(database_url, likely)] == [Score(home=1, away=1)]
    best = "SELECT family, selection, odds FROM market_predictions WHERE edge > 0.03"
    assert rows(database_url, best) == [("match_result", "home", 2.2)]
