"""Requests that come together, and what is asked for beside the prices."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from monps.domain.scorers import LineUp, LineUps

V1 = "/api/v1"
FIXTURE = {
    "competition": "SIM1",
    "home": "Ashgrave",
    "away": "Barrowmere",
    "match_date": "2026-03-14T15:00:00Z",
}
ELEVEN = {"starting": [f"Player {number}" for number in range(11)]}


@pytest.mark.parametrize(
    ("wish", "line_ups"),
    [
        ({}, None),
        ({"scorers": False}, None),
        ({"scorers": True}, LineUps()),
        ({"scorers": True, "line_ups": {"home": ELEVEN}}, LineUps(home=LineUp.model_validate(ELEVEN))),
    ],
)
def test_scorers_are_asked_for_by_name(api, wish, line_ups):
    made = api.post(f"{V1}/predictions/match", json=FIXTURE | wish)
    assert made.status_code == 201
    assert made.json()["scorers"] is None
    assert api.brain.asked[-1].line_ups == line_ups


def test_line_ups_are_for_scorers_alone(api):
    refused = api.post(f"{V1}/predictions/match", json=FIXTURE | {"line_ups": {"home": ELEVEN}})
    assert refused.status_code == 422
    assert "scorers: true" in refused.json()["detail"]


def test_questions_that_wait_together_are_answered_each_for_itself(api):
    def ask(number):
        if number % 3 == 0:
            return api.get(f"{V1}/predictions?limit={number % 5 + 1}").status_code
        if number % 3 == 1:
            return api.get(f"{V1}/predictions/none-{number}").status_code
        return api.post(f"{V1}/predictions/match", json=FIXTURE).status_code

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(ask, range(36)))
    assert told == [(200, 404, 201)[number % 3] for number in range(36)]
    assert api.get(f"{V1}/predictions").json()["total"] == 12
    assert api.get(f"{V1}/audit/verify").json()["intact"]


def test_a_list_asked_for_again_is_read_anew_and_what_is_wrong_stays_wrong(api):
    where = f"{V1}/predictions"
    for total in range(3):
        assert api.get(where, params={"limit": 2}).json()["total"] == total
        assert api.get(where, params={"limit": 0}).status_code == 422
        naive = api.get(where, params={"date_from": "2026-01-01T00:00:00"})
        assert (naive.json()["total"], "read as" in naive.headers["warning"]) == (total, True)
        api.post(f"{V1}/predictions/match", json=FIXTURE)
    measured = api.get(f"{V1}/metrics").text
    assert 'monps_request_seconds_count{method="GET",route="/predictions",status="200"} 6.0' in measured


def test_a_list_asked_for_again_needs_a_key_as_the_first_time(serve_empty):
    client = serve_empty()
    assert client.get(f"{V1}/predictions").status_code == 200
    assert client.get(f"{V1}/predictions").status_code == 200
    wrong = {"authorization": "Bearer monps_nothing"}
    assert client.get(f"{V1}/predictions", headers=wrong).status_code == 401
