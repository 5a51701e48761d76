"""SofaScore's words for ours."""

OF_ALL = "ALL"

MEASURES: dict[str, tuple[str, str | None]] = {
    # its key: ours of the value, and of the total it is part of
    "ballPossession": ("possession", None),
    "expectedGoals": ("expected_goals", None),
    "bigChanceCreated": ("big_chances", None),
    "bigChanceMissed": ("big_chances_missed", None),
    "totalShotsOnGoal": ("shots", None),
    "shotsOnGoal": ("shots_on_target", None),
    "shotsOffGoal": ("shots_off_target", None),
    "blockedScoringAttempt": ("shots_blocked", None),
    "hitWoodwork": ("shots_on_post", None),
    "totalShotsInsideBox": ("shots_inside_box", None),
    "goalkeeperSaves": ("saves", None),
    "cornerKicks": ("corners", None),
    "fouls": ("fouls", None),
    "passes": ("passes", None),
    "accuratePasses": ("passes_completed", None),
    "totalTackle": ("tackles", None),
    "yellowCards": ("yellow_cards", None),
    "redCards": ("red_cards", None),
    "accurateThroughBall": ("through_balls", None),
    "touchesInOppBox": ("touches_in_box", None),
    "offsides": ("offsides", None),
    "accurateLongBalls": ("long_balls_completed", "long_balls"),
    "accurateCross": ("crosses_completed", "crosses"),
    "dispossessed": ("dispossessed", None),
    "dribblesPercentage": ("dribbles_completed", "dribbles"),
    "interceptionWon": ("interceptions", None),
    "ballRecovery": ("recoveries", None),
    "totalClearance": ("clearances", None),
}
PLAYER = {
    "goals": "goals",
    "ownGoals": "own_goals",
    "totalShots": "shots",
    "expectedGoals": "expected_goals",
    "goalAssist": "assists",
    "expectedAssists": "expected_assists",
    "keyPass": "key_passes",
}
SITUATIONS = {
    "regular": "open_play",
    "assisted": "open_play",
    "fast-break": "open_play",
    "corner": "corner",
    "set-piece": "set_piece",
    "throw-in-set-piece": "set_piece",
    "free-kick": "free_kick",
    "penalty": "penalty",
}
SHOT_TYPES = {"right-foot": "right_foot", "left-foot": "left_foot", "head": "head", "other": "other"}
RESULTS = {"goal": "goal", "save": "saved", "miss": "missed", "block": "blocked", "post": "post"}
