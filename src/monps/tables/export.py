"""Columns out, to the dataframe library the user has."""

from typing import TYPE_CHECKING, Any

from monps.errors import UsageError

if TYPE_CHECKING:
    import polars as pl


def export(frame: "pl.DataFrame", backend: str) -> Any:
    """Return a frame as another kind of dataframe.

    Parameters
    ----------
    frame : polars.DataFrame
        The columns.
    backend : str
        ``"polars"``, ``"pandas"`` or ``"pyarrow"``.

    Raises
    ------
    UsageError
        If the backend is none of these.
    """
    import narwhals as nw  # noqa: PLC0415 - only the public edge needs it

    table = nw.from_native(frame)
    writers = {"polars": table.to_polars, "pandas": table.to_pandas, "pyarrow": table.to_arrow}
    if backend not in writers:
        raise UsageError(f"{backend!r} is none of {', '.join(writers)}")
    return writers[backend]()
