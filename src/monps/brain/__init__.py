"""One forecast from several agents."""

from monps.agents import AGENTS, Agent
from monps.brain.unified_brain import UnifiedBrain

FORECASTERS: dict[str, Agent] = {**AGENTS, "brain": UnifiedBrain()}
"""Every forecaster that a backtest can be asked for, by name."""

__all__ = ["FORECASTERS", "UnifiedBrain"]
