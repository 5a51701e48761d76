"""From nouns to what templates show: pure functions, no store, no request."""
