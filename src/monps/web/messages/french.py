"""What pages say, in French."""

MESSAGES = {
    "draw": "nul",
}
