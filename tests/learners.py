"""Learn in a process of one's own, as soon as everybody is ready."""

from datetime import datetime
from multiprocessing.synchronize import Barrier

from monps.agents import Bookmakers, Goals
from monps.brain import UnifiedBrain
from monps.services.keeper import Keeper, Wanted
from monps.storage.schema import SqlDatabase

SMALL = UnifiedBrain(members=(Bookmakers(), Goals()), voices=())


def learn(url: str, as_of: datetime, ready: Barrier) -> None:
    """Learn the simulated first division from what was known at a moment."""
    database = SqlDatabase(url)
    ready.wait(timeout=60)
    Keeper(SMALL).learn(database.open_work, Wanted("SIM1", 2025, as_of), as_of)
    database.close()
