import gzip
import io
import re
import zipfile
from pathlib import Path

import pytest

from monps.errors import UsageError
from monps.ports.source import Payload
from monps.sources import _files
from monps.sources._files import open_payloads, unpack

CONTENT = b"Div,Date\nE0,1/1/20\n"


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def put(file: Path, content: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def test_a_folder_is_read_with_its_subfolders_in_order(tmp_path: Path) -> None:
    put(tmp_path / "b" / "E1.CSV", CONTENT)
    put(tmp_path / "a" / "E0.csv.gz", gzip.compress(CONTENT, mtime=0))
    put(
        tmp_path / "c.zip",
        zipped({"2324/E0.csv": CONTENT, "2223/E0.csv.gz": gzip.compress(CONTENT, mtime=0)}),
    )
    put(tmp_path / "notes.txt", b"not a table")
    put(tmp_path / ".hidden.csv", b"not a table")
    (tmp_path / "folder.csv").mkdir()
    assert list(open_payloads(tmp_path, ".csv")) == [
        Payload("a/E0.csv.gz", CONTENT),
        Payload("b/E1.CSV", CONTENT),
        Payload("c.zip/2223/E0.csv.gz", CONTENT),
        Payload("c.zip/2324/E0.csv", CONTENT),
    ]


def test_names_do_not_depend_on_where_the_folder_is(tmp_path: Path) -> None:
    for place in ("here", "there"):
        put(tmp_path / place / "2223" / "E0.csv", CONTENT)
    here, there = (list(open_payloads(tmp_path / place, ".csv")) for place in ("here", "there"))
    assert here == there
    assert here[0].digest == there[0].digest


def test_a_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    file = put(tmp_path / "2223" / "E0.txt", CONTENT)
    assert list(open_payloads(file, ".csv")) == [Payload("2223/E0.txt", CONTENT)]


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no file or folder .*nowhere"):
        list(open_payloads(tmp_path / "nowhere", ".csv"))


def test_files_are_opened_one_at_a_time(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", CONTENT)
    second = put(tmp_path / "b.csv", CONTENT)
    payloads = open_payloads(tmp_path, ".csv")
    next(payloads)
    second.write_bytes(b"changed meanwhile")
    assert next(payloads).content == b"changed meanwhile"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("b.csv.gz", gzip.compress(CONTENT, mtime=0)[:-9], "it cannot be read: Compressed file ended"),
        ("b.csv.gz", gzip.compress(CONTENT, mtime=0)[:12] + b"\xff" * 30, "it cannot be read: "),
        ("b.zip", zipped({"x.csv": CONTENT})[:40], "it cannot be read: File is not a zip file"),
        ("b.zip", zipped({"read.me": CONTENT}), r"there is no \.csv file in this archive"),
    ],
    ids=["truncated", "garbled", "damaged zip", "nothing of use"],
)
def test_a_damaged_archive_does_not_stop_the_others(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    put(tmp_path / "a.csv", CONTENT)
    put(tmp_path / name, content)
    put(tmp_path / "c.csv", CONTENT)
    first, damaged, last = open_payloads(tmp_path, ".csv")
    assert (first.fault, last.fault) == (None, None)
    assert (damaged.name, damaged.content) == (name, b"")
    assert damaged.fault
    assert re.search(why, damaged.fault)


def test_a_damaged_member_does_not_stop_the_others() -> None:
    archive = zipped({"a.csv": b"a" * 500, "b.csv": b"".join(b"%d" % n for n in range(500)), "c.csv": b"c"})
    middle = archive.index(b"b.csv") + 60
    damaged = archive[:middle] + bytes(40) + archive[middle + 40 :]
    payloads = list(unpack(Payload("x.zip", damaged), ".csv"))
    assert [payload.name for payload in payloads] == ["x.zip/a.csv", "x.zip/b.csv", "x.zip/c.csv"]
    assert [payload.fault is None for payload in payloads] == [True, False, True]


def test_a_file_that_cannot_be_opened_does_not_stop_the_others(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "c.csv"):
        put(tmp_path / name, CONTENT)
    payloads = open_payloads(tmp_path, ".csv")
    next(payloads)
    (tmp_path / "b.csv").unlink()
    lost, read = payloads
    assert lost == Payload("b.csv", b"", fault="it cannot be read: No such file or directory")
    assert read == Payload("c.csv", CONTENT)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_files, "_LARGEST", 2**20)
    put(tmp_path / "bomb.csv.gz", gzip.compress(bytes(2**20 + 1)))
    (bomb,) = open_payloads(tmp_path, ".csv")
    assert bomb.fault == "it cannot be read: it is larger than 1 MB"


def test_a_fetched_payload_keeps_its_marks_when_unpacked() -> None:
    fetched = Payload("E0.csv.gz", gzip.compress(CONTENT, mtime=0), stale=True)
    assert list(unpack(fetched, ".csv")) == [Payload("E0.csv.gz", CONTENT, stale=True)]
    assert list(unpack(Payload("x", b"", fault="lost"), ".csv")) == [Payload("x", b"", fault="lost")]
