import pytest

from monps.errors import StorageError
from monps.storage.shelf import Folder


def test_what_is_kept_is_found(tmp_path):
    shelf = Folder(tmp_path / "made" / "when needed")
    assert shelf.find("a.json") is None
    shelf.keep("a.json", b"one")
    shelf.keep("b.json", b"")
    assert (shelf.find("a.json"), shelf.find("b.json")) == (b"one", b"")


def test_the_newest_counts_and_no_draft_is_left(tmp_path):
    shelf = Folder(tmp_path)
    shelf.keep("a.json", b"one")
    shelf.keep("a.json", b"two")
    assert shelf.find("a.json") == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_that_is_none_is_reported(tmp_path):
    (tmp_path / "file").write_text("here first")
    with pytest.raises(StorageError, match="cannot keep"):
        Folder(tmp_path / "file").keep("a.json", b"one")


def test_a_name_that_cannot_be_read_is_reported(tmp_path):
    (tmp_path / "a.json").mkdir()
    with pytest.raises(StorageError, match="cannot read"):
        Folder(tmp_path).find("a.json")
