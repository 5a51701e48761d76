import pytest

from monps.sources.simulated import SimulatedCountry

V1 = "/api/v1"


@pytest.fixture(scope="module")
def sides():
    country = SimulatedCountry(seed=2, seasons=2, sizes=(8, 8))
    return sorted(set(country.season("SIM1", 2025).home))[:2]


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["error_code"]) == (status, code), answer.text
    return answer.json()["detail"]


def test_a_profile_says_how_sure_it_is(serve, sides):
    asked = {"competition": "SIM1", "as_of": "2026-03-01T00:00:00"}
    answer = serve().get(f"{V1}/features/teams/{sides[0]}", params=asked)
    assert answer.status_code == 200, answer.text
    assert "no time zone" in answer.headers["warning"]
    told = answer.json()
    assert (told["team"], told["as_of"]) == (sides[0], "2026-03-01T00:00:00Z")
    known = [each for each in told["dimensions"] if each["reason"] is None]
    assert known
    assert all({"n", "standard_error", "source", "age_days"} <= each.keys() for each in known)


def test_friction_says_whether_it_moves_prices(serve, sides):
    asked = {"competition": "SIM1", "home": sides[0], "away": sides[1]}
    told = serve().get(f"{V1}/features/friction", params=asked).json()
    assert {target["target"] for target in told["targets"]} >= {"goals", "corners"}
    assert all("moves_prices" in target for target in told["targets"])


def test_a_match_has_both_sides_and_their_differences(serve):
    client = serve()
    with client.application.open_work() as work:
        *_, last = work.matches.history(["SIM1"], client.clock.now())
    told = client.get(f"{V1}/features/matches/{last.match_id}").json()
    assert told["match_id"] == last.match_id
    assert told["home"]["dna"]["team"] != told["away"]["dna"]["team"]
    assert told["friction"]["home"] == told["home"]["dna"]["team"]


def test_who_is_not_known_is_not_found(serve, sides):
    client = serve()
    said = refused(
        client.get(f"{V1}/features/teams/{sides[0]}x", params={"competition": "SIM1"}), 404, "UNKNOWN_TEAM"
    )
    assert sides[0] in said
    refused(client.get(f"{V1}/features/teams/x", params={"competition": "XX1"}), 404, "UNKNOWN_NAME")
    refused(client.get(f"{V1}/features/matches/999999"), 404, "MATCH_NOT_FOUND")
    refused(client.get(f"{V1}/features/teams/x"), 422, "VALIDATION_ERROR")
