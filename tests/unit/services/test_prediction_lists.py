"""Lists that are asked for together are those that one would have got alone."""

from datetime import timedelta

import orjson
import pytest

from fakes import FakeStore
from monps.ports.predictions import PredictionFilter
from monps.services.predictions import ListQuestion, list_all, list_predictions, read_cursor
from opinions import KICKOFF, ensemble_prediction

ELSEWHERE = PredictionFilter(competition="SIM2")


@pytest.fixture
def store():
    store = FakeStore()
    with store(write=True) as work:
        for number in range(9):
            changes = {"prediction_id": f"p-{number}", "computed_at": KICKOFF - timedelta(hours=number)}
            code = "SIM2" if number % 3 == 0 else "SIM1"
            made = ensemble_prediction(**changes, competition=code, match_id=None)
            work.predictions.add(made, made.model_dump_json().encode())
        work.commit()
    return store


def test_each_gets_the_page_that_it_asked_for(store):
    second = list_predictions(store, limit=2).next
    asked = [(PredictionFilter(), None, 2), (PredictionFilter(), None, 100), (PredictionFilter(), second, 2)]
    asked += [(ELSEWHERE, None, 1), (PredictionFilter(), None, 2), (PredictionFilter(), None, 9)]
    questions = [ListQuestion(only, cursor and read_cursor(cursor), limit) for only, cursor, limit in asked]
    together = list_all(store, questions)
    alone = [list_predictions(store, only, cursor=cursor, limit=limit) for only, cursor, limit in asked]
    assert together == [page.model_dump_json().encode() for page in alone]
    totals = [orjson.loads(page)["total"] for page in together]
    assert totals == [9, 9, 9, 3, 9, 9]
    assert [orjson.loads(page)["next"] is None for page in together] == [
        False,
        True,
        False,
        False,
        False,
        True,
    ]


def test_what_begins_alike_is_read_once(store, monkeypatch):
    read = []
    page = type(store.predictions).page

    def counted(repository, only, *, after=None, limit=100):
        read.append(limit)
        return page(repository, only, after=after, limit=limit)

    monkeypatch.setattr(type(store.predictions), "page", counted)
    list_all(store, [ListQuestion(limit=limit) for limit in (3, 5, 2)])
    assert read == [6]
