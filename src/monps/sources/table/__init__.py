"""Tables of one's own: CSV, Parquet or dataframes, and a mapping that says what their columns mean."""

from monps.sources.table.source import TableSource

__all__ = ["TableSource"]
