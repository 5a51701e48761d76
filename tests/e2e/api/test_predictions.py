"""Predictions over HTTP, by a brain that thinks the same of every fixture."""

import threading
from datetime import timedelta

import pytest

from fakes import NOON
from monps.domain.predictions import EnsemblePrediction
from monps.errors import NotEnoughData, UnifiedBrainError, UnknownTeam
from opinions import ensemble_prediction, market_predictions
from predictions import prediction

V1 = "/api/v1"
FIXTURE = {
    "competition": "SIM1",
    "home": "Ashgrave",
    "away": "Barrowmere",
    "match_date": "2026-03-14T15:00:00Z",
}
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def create(client, key=None, **changes):
    headers = {"idempotency-key": key} if key else {}
    return client.post(f"{V1}/predictions/match", json=FIXTURE | changes, headers=headers)


def refused(answer, status, code):
    assert (answer.status_code, answer.json()["error_code"]) == (status, code), answer.text
    return answer.json()["detail"]


def test_what_is_made_is_what_is_kept_byte_for_byte(api):
    made = create(api)
    assert made.status_code == 201
    where = made.headers["location"]
    assert where == f"{V1}/predictions/{made.json()['prediction_id']}"
    shown = api.get(where)
    assert (shown.status_code, shown.content, shown.headers["etag"]) == (
        200,
        made.content,
        made.headers["etag"],
    )
    read = EnsemblePrediction.model_validate_json(shown.content)
    assert (read.home, read.kickoff.isoformat()) == ("Ashgrave", "2026-03-14T15:00:00+00:00")


def test_who_has_it_already_is_told_so(api):
    made = create(api)
    where, tag = made.headers["location"], made.headers["etag"]
    for header in (tag, f'"x", {tag}', f"W/{tag}", "*"):
        same = api.get(where, headers={"if-none-match": header})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    assert api.get(where, headers={"if-none-match": '"x"'}).status_code == 200


def test_there_is_no_other_prediction(api):
    refused(api.get(f"{V1}/predictions/p-9"), 404, "PREDICTION_NOT_FOUND")
    change = {"confidence_score": 0.5, "reason": "rain"}
    refused(api.put(f"{V1}/predictions/p-9", json=change), 404, "PREDICTION_NOT_FOUND")


@pytest.mark.parametrize(
    ("ahead", "accepted"),
    [(-SECOND, False), (timedelta(0), True), (60 * DAY, True), (60 * DAY + SECOND, False)],
)
def test_matches_to_come_are_predicted_for_exactly_sixty_days(api, ahead, accepted):
    answer = create(api, match_date=(NOON + ahead).isoformat())
    if accepted:
        assert answer.status_code == 201
    else:
        refused(answer, 400, "INVALID_DATE")
        assert api.brain.asked == []


def test_a_moment_without_a_zone_is_read_as_utc_and_that_is_said(api):
    answer = create(api, match_date="2026-03-14T15:00:00", as_of="2026-03-13T10:00:00")
    assert answer.status_code == 201
    said = answer.headers.get_list("warning")
    assert len(said) == 2
    assert any(
        "match_date has no time zone; it is read as 2026-03-14T15:00:00+00:00" in note for note in said
    )
    assert answer.json()["kickoff"] == "2026-03-14T15:00:00Z"
    assert api.brain.asked[0].as_of.isoformat() == "2026-03-13T10:00:00+00:00"


@pytest.mark.parametrize(
    "wrong",
    [
        {"home": None},
        {"home": "Barrowmere"},
        {"match_id": 1},
        {"match_date": 5},
        {"neutral": 0},
        {"competition": "e0"},
        {"as_of": "yesterday"},
        {"price": 1},
    ],
)
def test_requests_that_make_no_sense_are_refused(api, wrong):
    refused(create(api, **wrong), 422, "VALIDATION_ERROR")


def test_an_unknown_match_is_not_found(api):
    answer = api.post(f"{V1}/predictions/match", json={"match_id": 4})
    refused(answer, 404, "MATCH_NOT_FOUND")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (UnknownTeam("Ashgrove", ("Ashgrave",)), 404, "UNKNOWN_TEAM"),
        (NotEnoughData("3 matches, the newest 40 days old"), 422, "NOT_ENOUGH_DATA"),
        (UnifiedBrainError("goals failed"), 500, "BRAIN_ERROR"),
    ],
)
def test_what_the_brain_says_is_said(serve_empty, error, status, code):
    def fail(_request):
        raise error

    client = serve_empty(make=fail)
    assert refused(create(client), status, code) == str(error)
    measured = client.get("/metrics").text
    assert f'monps_predictions_total{{outcome="{code.lower()}"}} 1.0' in measured


def test_agents_that_disagree_are_named(api):
    api.brain.changes = dict(far_apart())
    said = refused(create(api), 422, "LOW_CONFIDENCE")
    assert "goals by" in said
    assert "below 0.70" in said
    assert api.get(f"{V1}/predictions").json()["total"] == 0


def far_apart():
    from monps.domain import opinions  # noqa: PLC0415
    from opinions import opinion  # noqa: PLC0415

    said = [(0.48, 0.27, 0.25), (0.05, 0.15, 0.80)]
    members = tuple(opinion(name, each) for name, each in zip(("bookmakers", "goals"), said, strict=True))
    yield "members", members
    yield "agreement", opinions.agreement_of((0.48, 0.27, 0.25), said)
    yield "epistemic_variance", opinions.epistemic_variance_of(said)
    yield "aleatoric_variance", opinions.aleatoric_variance_of(said)


def test_a_request_sent_again_is_answered_as_before(api):
    first, second = create(api, "k1"), create(api, "k1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert (second.content, second.headers["location"]) == (first.content, first.headers["location"])
    assert len(api.brain.asked) == 1
    api.clock.moment += 100 * DAY
    assert create(api, "k1").content == first.content
    refused(create(api, "k1", neutral=True), 409, "CONFLICT")
    assert create(api, "k2", match_date=api.clock.moment.isoformat()).json()["prediction_id"] == "p-2"


def test_fifty_at_once_are_one(api):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(create(api, "same"))) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len(api.brain.asked) == 1
    assert api.get(f"{V1}/predictions").json()["total"] == 1
    assert api.get(f"{V1}/audit", params={"event_type": "prediction.created"}).json()["total"] == 1


def test_a_list_goes_on_page_by_page(api):
    for number in range(5):
        api.clock.moment = NOON + number * SECOND
        create(api)
    names, cursor = [], None
    while True:
        page = api.get(
            f"{V1}/predictions", params={"limit": 2} | ({"cursor": cursor} if cursor else {})
        ).json()
        names += [each["prediction_id"] for each in page["predictions"]]
        assert page["total"] == 5
        if (cursor := page["next"]) is None:
            break
    assert names == ["p-5", "p-4", "p-3", "p-2", "p-1"]
    for strange in ("x", "1~", "1~ä", "123456789012345678~p-1"):
        refused(api.get(f"{V1}/predictions", params={"cursor": strange}), 422, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ({}, 2),
        ({"competition": "SIM1"}, 1),
        ({"competition": "XX"}, 0),
        ({"match_id": 1}, 0),
        ({"market": "totals"}, 2),
        ({"market": "corners"}, 0),
        ({"date_from": "2026-03-15T00:00:00Z"}, 1),
        ({"date_to": "2026-03-15T00:00:00"}, 1),
        ({"min_edge": 0.01}, 0),
    ],
)
def test_filters(api, query, total):
    create(api)
    create(api, competition="SIM2", match_date="2026-03-20T15:00:00Z")
    answer = api.get(f"{V1}/predictions", params=query)
    assert (answer.status_code, answer.json()["total"]) == (200, total)
    assert len(answer.json()["predictions"]) == total


def test_somebody_who_knows_better(api):
    made = create(api)
    where, before = made.headers["location"], made.json()
    api.clock.moment += DAY
    change = {
        "fair_odds": [{"family": "match_result", "selection": "home", "fair_odds": 2.5}],
        "confidence_score": 0.86,
        "reason": "the goalkeeper is ill",
    }
    answer = api.put(where, json=change, headers={"if-match": made.headers["etag"]})
    assert answer.status_code == 200
    after = answer.json()
    EnsemblePrediction.model_validate_json(answer.content)
    assert after["computed_at"] == before["computed_at"]
    assert (after["confidence_score"], after["confidence_level"]) == (0.86, "very_high")
    result = {m["selection"]: m for m in after["markets"] if m["family"] == "match_result"}
    assert (result["home"]["fair_odds"], result["home"]["probability"]) == (2.5, 0.4)
    assert result["draw"]["probability"] / result["away"]["probability"] == pytest.approx(0.27 / 0.25)
    assert sum(each["probability"] for each in result.values()) == pytest.approx(1)
    assert all(each["probability"] * each["fair_odds"] == pytest.approx(1) for each in result.values())
    assert api.get(where).content == answer.content
    event = api.get(f"{V1}/audit", params={"event_type": "prediction.overridden"}).json()["events"][0]
    assert event["after"]["reason"] == change["reason"]
    changed = api.get(f"{V1}/audit/{event['event_id']}").json()["changes"]
    assert {each["pointer"]: each["before"] for each in changed}["/confidence_score"] == before[
        "confidence_score"
    ]


def test_who_was_slower_is_told_so(api):
    made = create(api)
    where, tag = made.headers["location"], made.headers["etag"]
    change = {"confidence_score": 0.5, "reason": "rain"}
    second = api.put(where, json=change, headers={"if-match": tag})
    assert second.status_code == 200
    refused(api.put(where, json=change, headers={"if-match": tag}), 412, "PRECONDITION_FAILED")
    refused(
        api.put(where, json=change, headers={"if-match": f"W/{second.headers['etag']}"}),
        412,
        "PRECONDITION_FAILED",
    )
    assert api.put(where, json=change, headers={"if-match": "*"}).status_code == 200
    assert api.put(where, json=change).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "no change"},
        {"confidence_score": 0.5},
        {"confidence_score": 1.1, "reason": "x"},
        {"confidence_score": True, "reason": "x"},
        {
            "fair_odds": [{"family": "totals", "line": 9.5, "selection": "over", "fair_odds": 2}],
            "reason": "x",
        },
        {
            "fair_odds": [{"family": "totals", "line": 2.5, "selection": "over", "fair_odds": 1}],
            "reason": "x",
        },
        {"computed_at": "2026-03-13T12:00:00Z", "reason": "x"},
    ],
)
def test_what_cannot_be_overruled(api, wrong):
    made = create(api)
    refused(api.put(made.headers["location"], json=wrong), 422, "VALIDATION_ERROR")
    assert api.get(made.headers["location"]).content == made.content


def test_another_process_s_change_is_seen_soon(api, serve_empty):
    import time  # noqa: PLC0415

    where = create(api).headers["location"]
    assert api.get(where).status_code == 200
    other = serve_empty(clock=api.clock)
    changed = other.put(where, json={"confidence_score": 0.123, "reason": "rain"})
    until = time.monotonic() + 5
    while api.get(where).content != changed.content:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_what_was_kept_is_what_the_domain_has(api):
    made = create(api)
    expected = ensemble_prediction(
        prediction_id="p-1", match_id=None, as_of=NOON, computed_at=NOON, home="Ashgrave", away="Barrowmere"
    )
    assert EnsemblePrediction.model_validate_json(made.content) == expected


def test_the_price_list_is_the_prediction_s(api):
    made = create(api)
    listed = api.get(f"{made.headers['location']}/markets").json()
    assert listed["prediction_id"] == made.json()["prediction_id"]
    assert [{k: v for k, v in m.items() if k != "offer"} for m in listed["markets"]] == made.json()["markets"]
    assert all(each["offer"] is None for each in listed["markets"])
    refused(api.get(f"{V1}/predictions/p-9/markets"), 404, "PREDICTION_NOT_FOUND")


def test_prices_on_offer_are_held_against_it(api):
    scores = (each for each in prediction().markets if each.family == "correct_score")
    api.brain.changes = {"markets": (*market_predictions(), *scores)}
    where = f"{create(api).headers['location']}/markets"
    asked = [
        "match_result:home@2.0",
        "match_result:draw@3.4",
        "match_result:away@3.6",
        "totals:2.5:over@2.05",
    ]
    answer = api.get(where, params={"odds": asked, "bankroll": "1000.00"})
    assert answer.status_code == 200, answer.text
    listed = answer.json()["markets"]
    values = {each["selection"]: each["offer"]["value"] for each in listed if each["offer"]}
    assert set(values) == {"home", "draw", "away", "over"}
    over = values["over"]
    assert over["expected_value"] == pytest.approx(0.52 * 2.05 - 1)
    assert over["interval"][0] <= over["expected_value"] <= over["interval"][1]
    assert (over["edge"], over["fair_implied"]) == (None, None)
    result = [values[side] for side in ("home", "draw", "away")]
    assert sum(each["fair_implied"] for each in result) == pytest.approx(1)
    assert result[0]["edge"] == pytest.approx(result[0]["probability"] - result[0]["fair_implied"])
    assert all(
        each["offer"]["value"]["no_bet"] or each["offer"]["position"] for each in listed if each["offer"]
    )


@pytest.mark.parametrize(
    "odds", ["home@2", "match_result:home@x", "match_result:home", "totals:2.5:over@1.0"]
)
def test_offers_that_make_no_sense(api, odds):
    where = f"{create(api).headers['location']}/markets"
    refused(api.get(where, params={"odds": odds}), 422, "VALIDATION_ERROR")


def test_what_is_not_priced_is_not_found(api):
    where = f"{create(api).headers['location']}/markets"
    said = refused(api.get(where, params={"odds": "totals:2.5:ovr@1.9"}), 404, "UNKNOWN_NAME")
    assert "did you mean totals 2.5: over" in said
