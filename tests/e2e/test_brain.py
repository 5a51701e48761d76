"""The brain on the command line: predict, explain, reproduce, health."""

import os

import pytest

from http_service import V1, FakeBrain, application_on, client_of
from monps.sources.simulated import SimulatedCountry

AS_OF = "2026-03-01T00:00:00Z"
KICKOFF = "2026-03-14T15:00:00Z"


@pytest.fixture(scope="session")
def clubs(country: SimulatedCountry) -> list[str]:
    return sorted(set(country.season("SIM1", 2025).home))


@pytest.fixture
def predicted(monps, clubs):
    def ask(*more):
        fixture = ["-c", "SIM1", "--home", clubs[0], "--away", clubs[1], "--date", KICKOFF, "--as-of", AS_OF]
        return monps("predict", *fixture, *more)

    return ask


def test_the_answer_names_members_weights_and_provenance(predicted):
    told = predicted("--json").json
    names = [member["agent"] for member in told["members"]]
    assert names[:3] == ["bookmakers", "market_memory", "goals"]
    speaking = [member for member in told["members"] if not member["abstained"]]
    silent = [member for member in told["members"] if member["abstained"]]
    assert sum(member["weight"] != 0 for member in speaking) >= 1
    assert all(member["reasons"] for member in told["members"])
    assert all(any(m["agent"].replace("_", " ") in w for w in told["warnings"]) for m in silent)
    assert told["provenance"]["fitted_as_of"] <= told["as_of"]
    assert told["provenance"]["data_version"].startswith("SIM1:")
    assert len(told["markets"]) >= 130


def test_a_prediction_can_be_explained_and_made_again(monps, predicted):
    told = predicted("--json").json
    shown = monps("explain", told["prediction_id"], "--json")
    assert shown.json == told
    page = monps("explain", told["prediction_id"]).out
    assert "contributing factors" in page
    assert "goals: results" in page
    again = monps("reproduce", told["prediction_id"], "--json")
    assert (again.status, again.json["identical"], again.json["differs_in"]) == (0, True, [])
    assert "bit for bit" in monps("reproduce", told["prediction_id"]).out


def test_a_prediction_that_nobody_made_is_not_found(monps):
    for command in ("explain", "reproduce"):
        answer = monps(command, "nothing")
        assert answer.status != 0
        assert "no prediction" in answer.err


def test_a_dry_run_keeps_nothing(monps, predicted):
    told = predicted("--json", "--dry-run").json
    assert monps("explain", told["prediction_id"]).status != 0


def test_health_is_what_the_store_holds(monps, predicted):
    predicted()
    told = monps("brain", "health", "--json").json
    found = {each["competition"]: each for each in told["competitions"]}
    assert told["predictions"] >= 1
    assert found["SIM1"]["matches"] > 0
    assert {"goals", "market_memory", "bookmakers"} <= {a["agent"] for a in found["SIM1"]["agents"]}
    assert "SIM1" in monps("brain", "health").out


def test_an_empty_store_has_learned_nothing(empty):
    told = empty("brain", "health", "--json").json
    assert (told["status"], told["competitions"], told["last_prediction_at"]) == ("unfitted", [], None)


def fitted_at(monps):
    return [each["fitted_at"] for each in monps("brain", "health", "--json").json["competitions"]]


@pytest.mark.parametrize("words", [["fit", "--model", "brain"], ["brain", "learn"]])
def test_learning_ahead_makes_the_fit_that_predictions_use(monps, predicted, words):
    learned = monps(*words, "-c", "SIM1", "--as-of", AS_OF, "--json")
    assert learned.status == 0
    assert "SIM1" in {each["competition"] for each in learned.json["competitions"]}
    before = fitted_at(monps)
    predicted()
    assert before == fitted_at(monps)


def test_value_is_sought_with_the_fit_that_predictions_use(monps):
    eve = "2025-12-05T18:00:00Z"
    monps("fit", "--model", "brain", "-c", "SIM1", "--as-of", eve)
    before = fitted_at(monps)
    offer = monps("value", "-c", "SIM1", "--as-of", eve, "--json").json["values"][0]
    assert before == fitted_at(monps)
    fixture = ["--home", offer["home"], "--away", offer["away"], "--date", offer["kickoff"]]
    made = monps("predict", "-c", "SIM1", *fixture, "--as-of", eve, "--dry-run", "--json").json
    what = ("family", "line", "period", "selection")
    [ours] = [each for each in made["markets"] if all(each[name] == offer[name] for name in what)]
    assert offer["probability"] == pytest.approx(ours["probability"], abs=1e-12)


def test_a_service_on_the_same_store_tells_the_same_health(own, clubs):
    own("predict", "-c", "SIM1", "--home", clubs[0], "--away", clubs[1], "--date", KICKOFF, "--as-of", AS_OF)
    told = own("brain", "health", "--json").json
    assert told["competitions"][0]["agents"]
    application = application_on(os.environ["MONPS_DATABASE_URL"])
    with client_of(application, FakeBrain(application.clock)) as client:
        answer = client.get(f"{V1}/predictions/brain/health").json()
    for each in (*told["competitions"], *answer["competitions"]):
        del each["data_age_days"], each["stale"]  # the two look at different clocks
    assert answer["competitions"] == told["competitions"]
    assert (answer["spec_hash"], answer["predictions"]) == (told["spec_hash"], told["predictions"])


def test_a_file_of_fixtures_is_answered_row_by_row(monps, clubs, tmp_path):
    file = tmp_path / "fixtures.csv"
    rows = [("SIM1", clubs[0], clubs[1]), ("SIM1", clubs[2], "Nowhere"), ("SIM1", clubs[3], clubs[4])]
    lines = [f"{code},{home},{away},{KICKOFF}" for code, home, away in rows]
    file.write_text("\n".join(["competition,home,away,date", *lines]))
    told = monps("predict", "--file", str(file), "--as-of", AS_OF, "--json").json
    assert [each["home"] for each in told["predictions"]] == [clubs[0], clubs[3]]
    assert [each["away"] for each in told["refused"]] == ["Nowhere"]
    assert "unknown team" in told["refused"][0]["reason"]
    page = monps("predict", "--file", str(file), "--as-of", AS_OF)
    assert "refused" in page.out
    assert max(map(len, page.out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("competition,home,away\n", "date"), ("competition,home,away,date\nSIM1,A,B,soon\n", "line 2")],
)
def test_a_file_that_cannot_be_read_says_where(monps, tmp_path, text, complaint):
    file = tmp_path / "fixtures.csv"
    file.write_text(text)
    answer = monps("predict", "--file", str(file))
    assert answer.status == 4
    assert complaint in answer.err


def test_without_a_fixture_there_is_no_round(monps):
    told = monps("predict", "-c", "SIM1", "--round", "--as-of", "2026-11-01T00:00:00Z", "--json")
    assert told.status == 1
    assert "no fixture of SIM1 in the 60 days from 2026-11-01" in told.err


def test_a_match_has_to_be_named(monps):
    assert monps("predict", "-c", "SIM1").status == 2
    assert monps("predict", "--round").status == 2
