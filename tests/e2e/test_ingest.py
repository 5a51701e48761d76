import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest


@pytest.fixture
def downloads(files, tmp_path):
    return shutil.copytree(files, tmp_path / "downloads")


@pytest.fixture
def site(files):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=files))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_the_report_has_the_keys_that_scripts_rely_on(empty, downloads, country):
    answer = empty("ingest", "football-data", str(downloads), "--json")
    assert answer.status == 0
    assert answer.err == ""
    played = sum(int(division.played(country.until).sum()) for division in country.divisions)
    told = answer.json
    assert (told["files"], told["matches_added"], told["matches_corrected"]) == (5, played, 0)
    assert told["quotes_added"] > played
    assert told.keys() >= {
        "files_unchanged",
        "files_refused",
        "matches_unchanged",
        "unknown_columns",
        "seconds",
    }
    assert told["rejected"] == []


def test_reading_again_changes_nothing(empty, downloads):
    first = empty("ingest", "football-data", str(downloads), "--json").json
    again = empty("ingest", "football-data", str(downloads), "--json").json
    assert (again["files_unchanged"], again["matches_unchanged"]) == (first["files"], first["matches_added"])
    assert (again["matches_added"], again["matches_corrected"], again["quotes_added"]) == (0, 0, 0)


def test_a_correction_is_counted_and_seen_from_now_on_only(empty, downloads):
    empty("ingest", "football-data", str(downloads))
    file = next(downloads.glob("2425/SIM1.csv"))
    header, first, *rest = file.read_text().splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True))
    cells |= {"FTHG": "8", "FTAG": "0", "FTR": "H", "HTHG": "0", "HTAG": "0", "HTR": "D"}
    file.write_text("\n".join([header, ",".join(cells.values()), *rest]) + "\n")
    assert empty("ingest", "football-data", str(downloads), "--json").json["matches_corrected"] == 1


def test_a_refused_row_is_listed_and_the_rest_kept(empty, downloads):
    file = next(downloads.glob("2425/SIM1.csv"))
    header, first, *rest = file.read_text().splitlines()
    file.write_text("\n".join([header, first.replace(first.split(",")[1], "31/02/2025"), *rest]))
    answer = empty("ingest", "football-data", str(file), "--json")
    assert answer.status == 0
    assert answer.json["matches_added"] == len(rest)
    [reject] = answer.json["rejected"]
    assert reject["line"] == 2
    assert reject["reason"]
    strict = empty("ingest", "football-data", str(file), "--strict", "--json")
    assert strict.status == 4


def test_a_file_refused_whole_ends_with_its_own_status_after_the_others_are_in(empty, downloads):
    page = downloads / "2425" / "page.csv"
    page.write_text("<html><title>Not found</title></html>")
    answer = empty("ingest", "football-data", str(downloads), "--json")
    assert answer.status == 4
    assert answer.json["files_refused"] == 1
    assert answer.json["matches_added"] > 0
    assert "page.csv" in answer.json["rejected"][0]["file"]
    told = empty("ingest", "football-data", str(downloads))
    assert told.status == 4
    assert "page.csv" in told.out


def test_a_path_with_nothing_there_is_a_usage_error_before_anything_is_read(empty, downloads):
    answer = empty("ingest", "football-data", str(downloads), "nowhere")
    assert answer.status == 2
    assert "nowhere" in answer.err
    assert empty("teams", "--competition", "SIM1").status == 1


def test_an_address_is_fetched_and_read(empty, site):
    answer = empty("ingest", "football-data", f"{site}/2526/SIM1.csv", "--json")
    assert answer.status == 0
    assert answer.json["matches_added"] > 0


def test_an_address_with_nothing_there_is_an_unavailable_source(empty, site):
    answer = empty("ingest", "football-data", f"{site}/2627/SIM1.csv", "--json")
    assert answer.status == 3
    assert "does not exist" in answer.err
    assert answer.out == ""


@pytest.mark.parametrize("words", [["E0"], ["2324"], ["E0", "2325"], ["E77", "2324"]])
def test_what_cannot_be_fetched_is_a_usage_error(empty, words):
    assert empty("fetch", "football-data", *words).status == 2
