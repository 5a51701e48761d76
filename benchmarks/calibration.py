"""Draw how the brain's chances came true, for README and documents: ``python -m benchmarks calibration``."""

from pathlib import Path

from benchmarks.brain import five
from benchmarks.report import Report
from monps.backtest import evaluate
from monps.brain import UnifiedBrain
from monps.cli.pictures import draw_evaluation

FILE = Path(__file__).parents[1] / "docs" / "_static" / "calibration.svg"


def measure() -> Report:
    """Forecast every match of the brain's page, draw the picture, and give its points."""
    history, wanted = five()
    found = evaluate(history, UnifiedBrain(), wanted)
    draw_evaluation(found, FILE)
    return Report("Calibration of the brain", [each.model_dump() for each in found.reliability])
