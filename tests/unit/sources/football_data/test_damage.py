"""Damaged files: never anything but a named reason, and what was not damaged stays."""

import gzip
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from monps.domain.ingestion import MatchRecord, ParsedFile
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources.football_data import FootballData

HEADER = (
    "Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG,HTR,Referee,HS,AS,HST,AST,HY,AY,"
    "B365H,B365D,B365A,PSH,PSD,PSA,B365>2.5,B365<2.5,AHh,PAHH,PAHA,PSCH,PSCD,PSCA"
)
TEAMS = ("Alderbury", "Brackwell", "Castlemoor", "Dunholme", "Köhlbach", "M'head", "St. Orme", "Loch Vennan")
ROUND_COUNT = len(TEAMS) * (len(TEAMS) - 1)
PAGE = b"<!DOCTYPE html>\n<html><head><title>503</title></head><body>Service unavailable</body></html>\n"

Chance = np.random.Generator
Damage = Callable[[Chance, bytes], bytes]


def season(chance: Chance) -> bytes:
    """Every side at home to every other once, in an order of chance."""
    pairs = [(home, away) for home in TEAMS for away in TEAMS if home != away]
    rows = [
        f"E0,{day:%d/%m/%Y},15:00,{home},{away},{_cells(chance)}"
        for day, (home, away) in zip(_days(), chance.permutation(pairs), strict=False)
    ]
    return "\n".join([HEADER, *rows, ""]).encode()


def _days() -> Iterator[object]:
    return iter(np.arange("2022-08-06", "2023-05-20", 5, dtype="datetime64[D]").tolist())


def _cells(chance: Chance) -> str:
    home, away = chance.poisson((1.5, 1.2)).tolist()
    hits = chance.integers(4, 9, 2).tolist()
    letter = "D" if home == away else "HA"[home < away]
    odds = np.round(0.95 / chance.dirichlet((8, 6, 6), 3), 2)
    two_way = np.round(0.96 / chance.dirichlet((20, 20), 2), 2)
    prices = [*odds[:2].ravel(), *two_way[0], -0.25, *two_way[1], *odds[2]]
    cells = [home, away, letter, 0, 0, "D", "P Quill", hits[0] + 6, hits[1] + 6, *hits, 1, 2, *prices]
    return ",".join(map(str, cells))


def cut_off(chance: Chance, content: bytes) -> bytes:
    return content[: chance.integers(0, len(content))]


def flip_bytes(chance: Chance, content: bytes) -> bytes:
    damaged = bytearray(content)
    for place in chance.integers(0, len(content), chance.integers(1, 40)):
        damaged[place] = chance.integers(0, 256)
    return bytes(damaged)


def flip_bits(chance: Chance, content: bytes) -> bytes:
    damaged = bytearray(content)
    for place in chance.integers(0, len(content), chance.integers(1, 400)):
        damaged[place] ^= 1 << chance.integers(0, 8)
    return bytes(damaged)


def lose_a_block(chance: Chance, content: bytes) -> bytes:
    start, end = sorted(chance.integers(0, len(content), 2))
    return content[:start] + content[end:]


def blank_a_block(chance: Chance, content: bytes) -> bytes:
    start, end = sorted(chance.integers(0, len(content), 2))
    return content[:start] + bytes(end - start) + content[end:]


def repeat_a_block(chance: Chance, content: bytes) -> bytes:
    start, end = sorted(chance.integers(0, len(content), 2))
    return content[:end] + content[start:]


def insert_marks(chance: Chance, content: bytes) -> bytes:
    damaged = bytearray(content)
    for place in chance.integers(0, len(content), 20):
        damaged[place:place] = chance.choice(
            [b'"', b",", b"\r", b"\n", b";", b"\0", b"\xff\xfe", b"\xe2\x80"]
        )
    return bytes(damaged)


def drop_columns(chance: Chance, content: bytes) -> bytes:
    lines = content.decode().splitlines()
    width = len(HEADER.split(","))
    kept = np.flatnonzero(chance.random(width) > chance.choice([0.03, 0.3]))
    return "\n".join(",".join(line.split(",")[place] for place in kept) for line in lines).encode()


def shift_cells(chance: Chance, content: bytes) -> bytes:
    lines = content.decode().splitlines()
    for place in chance.integers(0, len(lines), 5):
        cells = lines[place].split(",")
        del cells[chance.integers(0, len(cells))]
        lines[place] = ",".join(cells)
    return "\n".join(lines).encode()


def misread(chance: Chance, content: bytes) -> bytes:
    encoding = chance.choice(
        ["utf-16", "utf-16-le", "utf-32", "cp1252", "cp037", "utf-7", "shift_jis", "cp437"]
    )
    return content.decode().encode(str(encoding), errors="replace")


def page_instead(chance: Chance, content: bytes) -> bytes:
    return PAGE + content[: chance.integers(0, 2) * len(content)]


def page_in_the_middle(chance: Chance, content: bytes) -> bytes:
    place = chance.integers(0, len(content))
    return content[:place] + PAGE


def noise(chance: Chance, content: bytes) -> bytes:
    return chance.bytes(int(chance.integers(0, len(content))))


def twice(_: Chance, content: bytes) -> bytes:
    return content + content


def other_separator(chance: Chance, content: bytes) -> bytes:
    return content.replace(b",", chance.choice([b";", b"\t", b"|"]))


DAMAGES: Sequence[Damage] = (
    cut_off, flip_bytes, flip_bits, lose_a_block, blank_a_block, repeat_a_block, insert_marks, drop_columns,
    shift_cells, misread, page_instead, page_in_the_middle, noise, twice, other_separator,
)  # fmt: skip


def packed(chance: Chance, content: bytes) -> tuple[str, bytes]:
    """A gzipped file or a zip archive that is damaged after it was packed."""
    damage = DAMAGES[chance.integers(0, 6)]
    if chance.random() < 0.5:
        return ".csv.gz", damage(chance, gzip.compress(content))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("E0.csv", content)
        members.writestr("E1.csv", content)
    return ".zip", damage(chance, archive.getvalue())


def parse(payload: Payload) -> ParsedFile | str:
    """Return the file, or the reason for which it was refused; any other exception fails the test."""
    try:
        parsed = FootballData().parse(payload)
    except DataRefused as refused:
        return str(refused)
    assert all(reject.reason and reject.line for reject in parsed.rejects)
    return parsed


def survivors(original: bytes, damaged: bytes) -> set[bytes]:
    """Lines that are in both files, and whose match no other line of the damaged file reports."""
    versions = defaultdict(set)
    for line in damaged.splitlines():
        versions[tuple(line.split(b",")[3:5])].add(line)
    alone = {line for lines in versions.values() if len(lines) == 1 for line in lines}
    return alone & set(original.splitlines())


def matches(records: Sequence[MatchRecord], lines: Sequence[bytes], kept: set[bytes]) -> set[object]:
    return {(record.match, record.quotes) for record in records if lines[record.line - 1] in kept}


def check(folder: Path, seed: int, count: int) -> dict[str, int]:
    """Damage files, read the folder, and count what came of it."""
    chance = np.random.default_rng(seed)
    written: dict[str, tuple[bytes, bytes]] = {}
    for number in range(count):
        content, damage = season(chance), DAMAGES[number % len(DAMAGES)]
        suffix, damaged = packed(chance, content) if number % 5 == 4 else (".csv", damage(chance, content))
        name = f"{number:04d}-{damage.__name__}{suffix}"
        (folder / name).write_bytes(damaged)
        written[name] = content, damaged
    outcome = {"refused": 0, "parsed": 0, "kept": 0}
    payloads = list(FootballData().files(folder))
    assert {payload.name.split("/")[0] for payload in payloads} == written.keys(), "no file is lost"
    for payload in payloads:
        parsed = parse(payload)
        if isinstance(parsed, str):
            assert re.fullmatch(rf"{re.escape(payload.name)}: \S.{{10,400}}", parsed)
            outcome["refused"] += 1
            continue
        outcome["parsed"] += 1
        if payload.name in written and payload.name.endswith(".csv"):
            outcome["kept"] += check_kept(parsed, *written[payload.name])
    return outcome


def check_kept(parsed: ParsedFile, original: bytes, damaged: bytes) -> int:
    """Lines that came through whole are matches as before, if the header came through."""
    kept = survivors(original, damaged)
    if HEADER.encode() not in kept:
        return 0
    sound = parse(Payload("sound.csv", original))
    assert isinstance(sound, ParsedFile)
    before = matches(sound.records, original.splitlines(), kept)
    after = {(record.match, record.quotes) for record in parsed.records}
    assert before <= after
    return len(before)


def test_a_sound_season_is_read_whole() -> None:
    parsed = parse(Payload("E0.csv", season(np.random.default_rng(1))))
    assert isinstance(parsed, ParsedFile)
    assert len(parsed.records) == ROUND_COUNT
    assert not parsed.rejects
    assert {len(record.quotes) for record in parsed.records} == {5}


def test_a_hundred_damaged_files(tmp_path: Path) -> None:
    outcome = check(tmp_path, seed=20, count=100)
    assert outcome["refused"] > 10
    assert outcome["parsed"] > 30
    assert outcome["kept"] > 10 * ROUND_COUNT


@pytest.mark.slow
def test_a_thousand_damaged_files(tmp_path: Path) -> None:
    outcome = check(tmp_path, seed=21, count=1000)
    assert outcome["refused"] > 100
    assert outcome["parsed"] > 300
    assert outcome["kept"] > 100 * ROUND_COUNT
