"""A progress bar on standard error, where someone sits and watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Step = Callable[[str], None]
"""Called with what was done, once for each step."""


@contextmanager
def progress(label: str, *, wanted: bool = True, total: int | None = None) -> Iterator[Step]:
    """Show a bar while the block runs; nothing is shown in a pipe, or when it is not wanted.

    Parameters
    ----------
    label : str
        What is going on.
    wanted : bool
        False where nothing but the answer may be printed.
    total : int, optional
        How many steps there are, where that is known.
    """
    console = Console(stderr=True)
    columns = (TextColumn(label), BarColumn(), TextColumn("{task.completed} {task.description}"))
    shown = wanted and console.is_terminal
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=not shown) as bars:
        task = bars.add_task("", total=total)
        yield lambda done: bars.update(task, advance=1, description=done)
