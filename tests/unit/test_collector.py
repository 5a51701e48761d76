import gc

import pytest

from monps.collector import collector_paused


def test_collection_goes_on_after_a_pause_even_when_it_fails() -> None:
    @collector_paused()
    def fail() -> None:
        assert not gc.isenabled()
        raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert gc.isenabled()


def test_whoever_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
