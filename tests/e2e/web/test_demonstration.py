"""The demonstration's pages come at once, and fill while they are looked at."""

import time
import warnings
from datetime import timedelta

import pytest

from monps import asgi, bootstrap

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have another client, which is not pinned here
    from starlette.testclient import TestClient

PATIENCE_SECONDS = 120


@pytest.fixture
def fixtures(tmp_path, monkeypatch):
    """The round to come of a small country that was demonstrated on the command line."""
    monkeypatch.setenv("MONPS_CACHE_DIR", str(tmp_path))
    country = bootstrap.simulated_country(seed=4, seasons=2, sizes=(8, 8))
    fixtures = country.fixtures()
    present = fixtures[0].kickoff - timedelta(hours=4)
    application = bootstrap.application().demonstration(present)
    with application.open_work(write=True) as work:
        for parsed in bootstrap.simulated_files(country):
            work.matches.add_file(parsed, present - timedelta(hours=1))
        work.commit()
    application.database.close()
    return fixtures


def test_the_pages_are_there_at_once_and_fill(fixtures):
    client = TestClient(asgi.create_demo(), "http://127.0.0.1")
    assert client.get("/").status_code == 200
    begun = time.monotonic()
    while "data-polls" in client.get("/").text:
        assert time.monotonic() - begun < PATIENCE_SECONDS
        time.sleep(0.2)
    text = client.get("/").text
    assert text.count("likeliest") == len(fixtures)
    assert "Not forecast yet" not in text
