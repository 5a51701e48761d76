"""Names of markets, periods, selections and dimensions, in French."""

MESSAGES: dict[str, str] = {}
