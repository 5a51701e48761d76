import gc

import pytest

from monps.collector import collector_paused, freeze_what_lives


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


def test_what_lives_is_not_looked_at_again() -> None:
    alive = [[]]
    try:
        freeze_what_lives()
        assert not any(each is alive for each in gc.get_objects())
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
