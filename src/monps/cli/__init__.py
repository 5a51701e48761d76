"""The command line: it translates words into calls of services, and answers into tables or JSON."""

import os
from collections.abc import Sequence

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Our linear systems are small: more threads a product cost several times the work they save."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the status to exit with.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows ``monps`` (default: what the process was started with).

    Returns
    -------
    int
        0 fine, 1 failure, 2 usage or unknown name, 3 source unavailable, 4 data refused, 130 interrupted.
    """
    for name, count in _ONE_THREAD.items():
        os.environ.setdefault(name, count)  # before numpy is imported, and unless somebody said otherwise
    from monps.cli import failures  # noqa: PLC0415 - the package itself weighs nothing
    from monps.cli.app import app  # noqa: PLC0415

    failures.print_what_can_be_printed()
    try:
        app(arguments, prog_name="monps")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    except Exception as error:  # noqa: BLE001 - the one place where the command line catches all
        return failures.explain(error)
    return 0
