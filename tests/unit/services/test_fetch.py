import gzip
import zipfile

import pytest

from fakes import FakeFetcher, FakeSource
from monps.domain.identifiers import Season
from monps.errors import SourceError, UsageError
from monps.ports.source import Payload
from monps.services.fetch import fetch_seasons, open_paths
from monps.sources import SOURCES


@pytest.fixture
def source():
    return SOURCES["football-data"]()


def test_files_and_addresses_are_opened_in_their_order(source, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"from a file")
    fetcher = FakeFetcher({"2324/E0.csv": b"from a site"})
    paths = ["https://example.org/mmz/2324/E0.csv", str(tmp_path)]
    opened = list(open_paths(paths, source, fetcher.fetch))
    assert opened == [Payload("2324/E0.csv", b"from a site"), Payload("a.csv", b"from a file")]


def test_a_fetched_archive_is_unpacked(source, tmp_path):
    packed = tmp_path / "data.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("E0.csv", "first")
        archive.writestr("E1.csv", "second")
    contents = {"2324/data.zip": packed.read_bytes(), "x/E0.csv.gz": gzip.compress(b"third")}
    paths = ["https://example.org/2324/data.zip", "https://example.org/x/E0.csv.gz"]
    opened = open_paths(paths, source, FakeFetcher(contents).fetch)
    assert [payload.content for payload in opened] == [b"first", b"second", b"third"]


def test_nothing_is_opened_where_one_path_leads_nowhere(source, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a")
    with pytest.raises(UsageError, match="nowhere"):
        open_paths([str(tmp_path), str(tmp_path / "nowhere")], source, FakeFetcher().fetch)


def test_what_came_before_a_failure_is_handed_on():
    fetcher = FakeFetcher({"2223/E0.csv": b"here"})
    payloads = fetch_seasons(["E0", "E1"], [Season(start=2022)], FakeSource(), fetcher.fetch)
    assert next(payloads).content == b"here"
    with pytest.raises(SourceError):
        next(payloads)


@pytest.mark.parametrize(("competitions", "seasons"), [([], [Season(start=2022)]), (["E0"], [])])
def test_a_competition_and_a_season_must_be_named(competitions, seasons):
    with pytest.raises(UsageError, match="at least one"):
        fetch_seasons(competitions, seasons, FakeSource(), FakeFetcher().fetch)
