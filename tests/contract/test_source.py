"""What every source promises, whoever the provider is: run over the registry.

A new source puts a few invented payloads into ``tests/payloads/<its name>/`` and names below what it can
be asked for.
"""

import gzip
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.domain.odds import CONSENSUS_MAXIMUM, QUOTED_SELECTIONS
from monps.errors import DataRefused, UnknownNameError, UsageError
from monps.ports.source import Payload, Source
from monps.sources import SOURCES

PAYLOADS = Path(__file__).parents[1] / "payloads"
SEASONS = (Season(start=2021), Season(start=2022))


class Case(NamedTuple):
    """A source, what it can be asked for, and a folder of its payloads."""

    source: Source
    competitions: tuple[str, ...]
    folder: Path


COMPETITIONS = {
    "football-data": ("E0", "SP1"),
    "understat": ("E0", "SP1"),
    "fbref": ("E0", "SP1"),
    "sofascore": ("E0",),
}
NEVER_FETCHED = {"sofascore"}


@pytest.fixture(params=sorted(SOURCES))
def case(request: pytest.FixtureRequest) -> Case:
    name = request.param
    return Case(SOURCES[name](), COMPETITIONS[name], PAYLOADS / name)


@pytest.fixture
def payloads(case: Case) -> list[Payload]:
    return list(case.source.files(case.folder))


@pytest.fixture
def parsed(case: Case, payloads: list[Payload]) -> list[ParsedFile]:
    return [case.source.parse(payload) for payload in payloads]


def test_a_source_goes_by_its_name_in_the_registry(case: Case) -> None:
    assert SOURCES[case.source.name] is type(case.source)


def test_a_plan_names_each_thing_to_fetch_once(case: Case) -> None:
    if case.source.name in NEVER_FETCHED:
        with pytest.raises(UsageError, match="cannot be fetched"):
            list(case.source.plan(case.competitions, SEASONS))
        return
    requests = list(case.source.plan(case.competitions, SEASONS))
    assert len(requests) >= len(SEASONS)
    assert all(request.url.startswith("https://") for request in requests)
    assert (
        len({request.url for request in requests})
        == len({request.name for request in requests})
        == len(requests)
    )


def test_an_unknown_competition_is_refused(case: Case) -> None:
    with pytest.raises(UnknownNameError):
        list(case.source.plan(["NOPE9"], SEASONS))


def test_payloads_are_found_in_order_and_named_from_the_folder(case: Case, payloads: list[Payload]) -> None:
    names = [payload.name for payload in payloads]
    assert names == sorted(set(names))
    assert all((case.folder / name).is_file() for name in names)
    assert {payload.fault for payload in payloads} == {None}


def test_names_and_digests_do_not_depend_on_the_place(
    case: Case, payloads: list[Payload], tmp_path: Path
) -> None:
    shutil.copytree(case.folder, tmp_path / "elsewhere")
    elsewhere = list(case.source.files(tmp_path / "elsewhere"))
    assert elsewhere == payloads


def test_a_damaged_file_is_refused_by_name_and_the_others_are_read(
    case: Case, payloads: list[Payload], tmp_path: Path
) -> None:
    shutil.copytree(case.folder, tmp_path / "all")
    first = tmp_path / "all" / payloads[0].name
    first.with_name(f"{first.name}.gz").write_bytes(gzip.compress(first.read_bytes())[:-20])
    first.unlink()
    damaged, *others = case.source.files(tmp_path / "all")
    assert others == payloads[1:]
    with pytest.raises(DataRefused, match=damaged.name):
        case.source.parse(damaged)


def test_nothing_at_a_path_is_an_error(case: Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        list(case.source.files(tmp_path / "nowhere"))


def test_a_fetched_payload_is_unpacked_to_what_the_file_holds(case: Case, payloads: list[Payload]) -> None:
    for payload in payloads:
        assert list(case.source.unpack(payload)) == [payload]
        assert list(case.source.unpack(payload._replace(content=gzip.compress(payload.content)))) == [payload]


def test_parsing_says_where_it_comes_from_and_is_repeatable(
    case: Case, payloads: list[Payload], parsed: list[ParsedFile]
) -> None:
    for payload, file in zip(payloads, parsed, strict=True):
        assert (file.source, file.name, file.digest) == (case.source.name, payload.name, payload.digest)
        assert case.source.parse(payload) == file


def test_invented_payloads_hold_matches_and_nothing_to_refuse(case: Case, parsed: list[ParsedFile]) -> None:
    assert any(file.records or file.details for file in parsed)
    assert not [reject for file in parsed for reject in file.rejects]
    assert len(list(case.source.files(case.folder))) == len(parsed)


def test_a_match_is_listed_once_in_a_competition_that_is_named(parsed: list[ParsedFile]) -> None:
    for file in parsed:
        keys = [record.match.key for record in file.records] + [each.fixture.key for each in file.fixtures]
        assert len(keys) == len(set(keys))
        spoken = {key.competition for key in keys} | _spoken_of(file)
        assert spoken == {competition.code for competition in file.competitions}
        lines = [record.line for record in (*file.records, *file.fixtures)]
        assert len(lines) == len(set(lines))
        assert min(lines, default=1) >= 1


def test_details_are_of_matches_that_are_listed_once(parsed: list[ParsedFile]) -> None:
    for details in (file.details for file in parsed):
        matches = [match[:4] for match in details.matches]
        assert len(matches) == len(set(matches))
        for rows in (details.sides, details.shots, details.appearances):
            assert all(0 <= row.match < len(matches) for row in rows)
        keys = (
            [(row.match, row.is_home) for row in details.sides],
            [(row.match, row.number) for row in details.shots],
            [(row.match, row.player.key) for row in details.appearances],
            [(*row[:3], row.player.key, row.table) for row in details.player_seasons],
        )
        assert all(len(each) == len(set(each)) for each in keys)


def test_results_are_known_after_kick_off_and_prices_before(parsed: list[ParsedFile]) -> None:
    for file in parsed:
        for record in file.records:
            assert record.match.known_at > record.match.kickoff
        for kickoff, quotes in _quotes(file):
            assert all(quote.known_at < kickoff for quote in quotes)


def test_quotes_are_coherent_books(parsed: list[ParsedFile]) -> None:
    for file in parsed:
        for _, quotes in _quotes(file):
            marks = [(quote.bookmaker, quote.market, quote.line, quote.closing) for quote in quotes]
            assert len(marks) == len(set(marks))
            for quote in quotes:
                assert len(quote.odds) == len(QUOTED_SELECTIONS[quote.market])
                assert min(quote.odds) > 1
                assert quote.bookmaker == quote.bookmaker.lower()
                assert (quote.line is None) == (quote.market in ("match_result", "both_teams_to_score"))
                if quote.bookmaker != CONSENSUS_MAXIMUM:
                    assert sum(1 / odds for odds in quote.odds) > 0.97


@pytest.mark.parametrize(
    "payload",
    [
        Payload("x", b""),
        Payload("x", b"<!DOCTYPE html><html><body>Please enable JavaScript</body></html>"),
        Payload("x", bytes(range(256)) * 4),
        Payload("x", b"", fault="it cannot be read: no permission"),
    ],
    ids=["empty", "a web page", "binary", "unreadable"],
)
@pytest.mark.parametrize("strict", [False, True])
def test_what_is_not_the_providers_data_is_refused(case: Case, payload: Payload, *, strict: bool) -> None:
    with pytest.raises(DataRefused, match=r"^x: ") as refused:
        case.source.parse(payload, strict=strict)
    assert payload.fault is None or payload.fault in str(refused.value)


def test_strict_accepts_what_is_sound(case: Case, payloads: list[Payload], parsed: list[ParsedFile]) -> None:
    assert [case.source.parse(payload, strict=True) for payload in payloads] == parsed


def _spoken_of(file: ParsedFile) -> set[str]:
    details = file.details
    return {each.competition for each in (*details.matches, *details.player_seasons)}


def _quotes(file: ParsedFile):
    for record in file.records:
        yield record.match.kickoff, record.quotes
    for row in file.fixtures:
        yield row.fixture.kickoff, row.quotes
