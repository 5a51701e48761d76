"""A French reader meets no English on a page, whatever the simulated country gives the brain to say."""

import re
from datetime import timedelta

import pytest

from fakes import FakeClock
from monps import bootstrap
from monps.services.predict_round import Asking, predict_round
from monps.services.predictions import Rules, Sender
from monps.services.rounds import list_round
from monps.storage.schema import SqlDatabase
from web_desk import FakeDesk, client_of
from web_store import add_backtest

FRENCH = {"accept-language": "fr"}
LEFT_IN_ENGLISH = re.compile(r'<span lang="en">(.*?)</span>')


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """A small country whose next round was predicted by the brain; its client, and the round."""
    made = bootstrap.simulated_country(seed=4, seasons=2, sizes=(8, 8))
    now = made.fixtures()[0].kickoff - timedelta(hours=4)
    database = SqlDatabase(f"sqlite:///{tmp_path_factory.mktemp('french') / 'monps.sqlite'}")
    database.upgrade()
    with database.open_work(write=True) as work:
        for parsed in bootstrap.simulated_files(made):
            work.matches.add_file(parsed, now - timedelta(hours=1))
        work.commit()
    desk = FakeDesk(database.open_work, FakeClock(now))
    coming = list_round(database.open_work, now=now)
    asking = Asking(desk.consultant.predict_all, Rules(timedelta(days=60), 0.0), Sender("test"), now)
    assert predict_round(database.open_work, coming, asking).refused == ()
    add_backtest(database.open_work)
    yield client_of(desk), coming
    database.close()


def pages(coming):
    first = coming[0]
    groups = ("strength", "possession", "set pieces", "roster")
    yield from ("/", "/team", "/performance", "/ledger", "/backtests", "/backtests/1", "/system", "/nothing")
    yield from (f"/match/{match.match_id}" for match in coming)
    yield from (f"/team/{first.competition}/{first.home}?style={group}" for group in groups)
    yield f"/team/{first.competition}/Nobody"


def test_no_sentence_is_left_in_english(country):
    client, coming = country
    left = {
        text: path
        for path in pages(coming)
        for text in LEFT_IN_ENGLISH.findall(client.get(path, headers=FRENCH).text)
    }
    assert left == {}


def test_the_brain_s_reasons_and_what_is_missing_are_said_in_french(country):
    client, coming = country
    match = client.get(f"/match/{coming[0].match_id}", headers=FRENCH).text
    assert "cotes précoces, tous marchés ensemble" in match
    assert "ne dépasse pas" in match
    team = client.get(f"/team/{coming[0].competition}/{coming[0].home}", headers=FRENCH).text
    assert "personne ne l’a compté ici" in team
