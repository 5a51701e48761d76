"""Walk-forward truth: what would have been forecast, and how good it was."""

from monps.backtest.replay import evaluate, rows_between

__all__ = ["evaluate", "rows_between"]
