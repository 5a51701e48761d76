from dataclasses import fields

import numpy as np
import pytest

from histories import delayed, simulated, without_quotes
from monps.agents import History
from monps.backtest.snapshot import pack, unpack


@pytest.fixture(
    scope="module", params=[simulated, lambda: without_quotes(simulated())], ids=["full", "no odds"]
)
def history(request) -> History:
    return request.param()


def test_nothing_is_lost(history):
    found = unpack(pack(history))
    for field in fields(History):
        before, after = getattr(history, field.name), getattr(found, field.name)
        assert type(after) is type(before)
        if before is not None:
            assert after.frame.equals(before.frame)
            assert after.frame.schema == before.frame.schema


def test_the_same_history_gives_the_same_bytes(history):
    assert pack(history) == pack(unpack(pack(history)))


def test_how_the_columns_lie_in_memory_does_not_matter():
    history = simulated()
    half = len(history.matches) // 2
    frame = history.matches.frame
    pieces = type(history.matches)(frame[:half].vstack(frame[half:]))
    assert pieces.frame.n_chunks() == 2
    assert pack(History(pieces, history.quotes)) == pack(history)


def test_another_history_gives_other_bytes():
    assert pack(delayed(simulated(), np.random.default_rng(1))) != pack(simulated())
