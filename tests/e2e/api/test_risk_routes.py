import pytest

V1 = "/api/v1"
FUNDS = {"balance": "1000.00"}
BET = {"funds": FUNDS, "probability": 0.55, "odds": 2.0}
OFFERS = [
    {"family": "match_result", "selection": "home", "odds": 2.2},
    {"family": "totals", "line": 2.5, "selection": "over", "odds": 2.3},
]
MATCH = {"funds": FUNDS, "offers": OFFERS, "home_goals": 1.8, "away_goals": 1.0}
OPEN = {
    "family": "match_result", "selection": "home", "odds": 2.0, "match": "A – B", "home_goals": 1.8,
    "away_goals": 1.0, "stake": "10.00",
}  # fmt: skip


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["error_code"]) == (status, code), answer.text


def test_a_stake_is_a_quarter_of_kelly_under_the_limits(api):
    found = api.post(f"{V1}/risk/position", json=BET).json()
    assert (found["kelly"], found["expected_value"]) == (pytest.approx(0.1), pytest.approx(0.1))
    assert float(found["stake"]) == pytest.approx(25.0, abs=0.01)
    bold = api.post(f"{V1}/risk/position", json=BET | {"fraction": 1.0}).json()
    assert (float(bold["stake"]), bold["controls"][0]["control"]) == (50.0, "per_bet")
    bad = api.post(f"{V1}/risk/position", json=BET | {"probability": 0.45}).json()
    assert (float(bad["stake"]), bad["no_bet"]["reason"]) == (0.0, "no_edge")


def test_bets_on_one_match_are_sized_together(api):
    found = api.post(f"{V1}/risk/portfolio", json=MATCH).json()
    assert len(found["positions"]) == 2
    assert float(found["staked"]) == pytest.approx(sum(float(each["stake"]) for each in found["positions"]))
    assert found["risk"]["var"] is not None


def test_the_tail_is_at_least_as_bad_as_its_edge(api):
    asked = {"positions": [OPEN, OPEN | {"match": "C – D"}], "confidence": 0.9}
    found = api.post(f"{V1}/risk/var", json=asked).json()
    assert float(found["cvar"]) >= float(found["var"])
    assert (found["bets"], float(found["staked"])) == (2, 20.0)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("position", BET | {"odds": 1}),
        ("position", BET | {"odds": True}),
        ("position", BET | {"probability": 1.2}),
        ("position", {}),
        ("portfolio", MATCH | {"offers": []}),
        ("portfolio", {"funds": FUNDS, "offers": OFFERS}),
        ("var", {}),
        ("var", {"positions": [OPEN], "confidence": 1.5}),
    ],
)
def test_what_makes_no_sense_is_refused(api, path, body):
    refused(api.post(f"{V1}/risk/{path}", json=body), 422, "VALIDATION_ERROR")


def test_names_that_are_not_known_are_not_found(api):
    strange = MATCH | {"offers": [OFFERS[0] | {"selection": "hom"}]}
    refused(api.post(f"{V1}/risk/portfolio", json=strange), 404, "UNKNOWN_NAME")
    refused(api.post(f"{V1}/risk/var", json={"bankroll": "nobody"}), 404, "NOT_FOUND")
