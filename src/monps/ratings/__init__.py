"""Strengths of teams through time."""
