import io

import pytest

from monps.cli import failures
from monps.errors import DataRefused, MonpsError, NotEnoughData, SourceError, UnknownTeam, UsageError


@pytest.fixture(autouse=True)
def no_debugging(monkeypatch):
    monkeypatch.setenv("MONPS_DEBUG", "0")


@pytest.fixture
def with_traceback():
    token = failures.TRACEBACK_WANTED.set(True)
    yield
    failures.TRACEBACK_WANTED.reset(token)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotEnoughData("too few"), 1),
        (UsageError("too odd"), 2),
        (UnknownTeam("Arsenl", ["Arsenal"]), 2),
        (SourceError("not there"), 3),
        (DataRefused("not data"), 4),
        (OSError(28, "No space left on device"), 1),
        (ZeroDivisionError("division by zero"), 1),
    ],
)
def test_each_kind_of_failure_has_its_status_and_one_sentence(capsys, error, status):
    assert failures.explain(error) == status
    printed = capsys.readouterr()
    assert not printed.out
    assert printed.err.startswith("error: ")
    assert printed.err.count("\n") == 1


def test_only_what_nobody_foresaw_asks_for_a_report(capsys):
    failures.explain(ZeroDivisionError("division by zero"))
    assert "please report it" in capsys.readouterr().err
    failures.explain(MonpsError("explained"))
    assert "please report it" not in capsys.readouterr().err


def test_the_environment_may_ask_for_tracebacks_too(capsys, monkeypatch):
    monkeypatch.setenv("MONPS_DEBUG", "1")
    failures.explain(UsageError("too odd"))
    assert "monps.errors.UsageError: too odd" in capsys.readouterr().err
    monkeypatch.setenv("MONPS_DEBUG", "maybe")
    failures.explain(UsageError("too odd"))
    assert "monps.errors" not in capsys.readouterr().err


@pytest.mark.usefixtures("with_traceback")
def test_a_traceback_is_printed_when_asked_for(capsys):
    assert failures.explain(UsageError("too odd")) == 2
    assert "monps.errors.UsageError: too odd" in capsys.readouterr().err


def test_a_terminal_without_the_letter_shows_another(monkeypatch):
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", narrow)
    failures.print_what_can_be_printed()
    narrow.write("Málaga")
    narrow.flush()
    assert narrow.buffer.getvalue() == b"M?laga"
