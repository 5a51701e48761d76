"""Run benchmarks: ``python -m benchmarks [TOPIC ...] [--json]``."""

import argparse
import os
import sys
from importlib import import_module

TOPICS = {
    "speed": "fits, grids, prices, margins, walk-forward seasons, beside penaltyblog",
    "size": "start, import, memory and installation, beside penaltyblog",
    "ingest": "the data folder into SQLite, and once more",
    "season": "ten thousand endings of a season",
    "accuracy": "every forecaster walk-forward, beside closing prices (minutes)",
    "brain": "the brain beside its members, by league, season and month (minutes)",
    "pooling": "the brain's pool with other followers and other weights (minutes)",
    "calibration": "no measurement: draws how the brain's chances came true (minutes)",
    "families": "every family of markets beside base rates and the market (minutes)",
    "live": "live forecasts: one fixture, ten, a hundred thousand",
    "margins": "margin-removal methods on real odds",
    "score_models": "distributions of goals and ratings, walk-forward (a minute)",
    "counts": "corners and cards beside a league-average negative binomial (a minute)",
    "scorer_shares": "the same without other ways to tell who plays (a quarter of the time)",
    "scorers": "anytime goalscorers walk-forward, from Fantasy Premier League's files (ten minutes)",
    "sweep": "a sweep in two processes and on a cluster that loses a worker (minutes)",
    "betting": "betting by the brain's forecasts, beside favourites and lots (minutes)",
    "staking": "Kelly stakes and replayed rules, beside penaltyblog",
    "dashboard": "pages of the dashboard: milliseconds, bytes, largest paint",
    "screenshots": "no measurement: draws the dashboard's pictures for README and documents",
    "style": "corners, cards, goals and halves by style, and what friction adds (minutes)",
    "profiles": "how long the profiles of teams take, from the store",
    "reliability": "how far the dimensions of DNA repeat themselves, from the store",
    "joint": "margin removal from all markets of a match at once, on real odds",
}
USUAL = ("speed", "size", "ingest")


def main() -> None:
    """Run the topics that are named, or the usual ones."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    listed = "; ".join(f"{name}: {words}" for name, words in TOPICS.items())
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=listed)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    if unknown := set(arguments.topics) - set(TOPICS):
        parser.error(f"unknown topic {', '.join(sorted(unknown))}; there are {', '.join(TOPICS)}")
    # One thread each, before NumPy loads: more make the peer's small fits several times slower.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    show, absent = import_module("benchmarks.report").show, import_module("benchmarks.data").Absent
    for topic in arguments.topics or USUAL:
        try:
            show(import_module(f"benchmarks.{topic}").measure(), as_json=arguments.json)
        except absent as reason:
            print(f"{topic} skipped: {reason}", file=sys.stderr)


if __name__ == "__main__":
    main()
