"""Write the page on what betting came to, and its picture, into the documents.

Run ``python -m benchmarks.betting_page``; real files are needed.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks import data
from benchmarks.betting import FIRST, LAST, NOTE, PRICES, replayed, rows
from benchmarks.evidence import data_version, stamp
from benchmarks.report import markdown, minus
from monps.bootstrap import application
from monps.domain.betting import BettingReport

PAGE = """\
# Betting

Written by `python -m benchmarks.betting_page` from real files; the figures are as they came out.

<!-- evidence: measured -->

{stamp}

<!-- /evidence -->

What would betting by the brain's forecasts have come to? Five leagues, {matches:,} matches of {first}–{last},
each forecast from what was known on its morning. Bets are at odds that were collected in the 24 hours before
that morning, or on the day itself: at the average of all bookmakers, at the best of them, at Pinnacle's.
Markets: match result, totals, Asian handicap.

The 24 hours matter. The files have one early price a match, collected on Friday or Tuesday. A forecast of
Sunday morning knows Saturday's results, and Friday's price does not: betting on it then looks better, by two
per cent and more, than anybody could have done. So such prices are stale here, and left alone.

## Flat stakes

The same amount on every bet, no limits, so that only the choice counts. *Value* bets where the expected value
exceeds 2 %; *if sure*, where it does so by one standard error. Beside them every favourite, every home side,
and one selection of each match by lot.

<!-- evidence: flat -->

{flat}

<!-- /evidence -->

{note}

```{{image}} ../_static/betting.svg
:alt: Bankrolls of the value rule and of bets by lot at average, best and Pinnacle odds
```

## Stakes for growth

A quarter of Kelly's stakes, shrunk for uncertainty, under the usual limits, from a bankroll of 1,000.

<!-- evidence: growth -->

{growth}

<!-- /evidence -->

## Why most offers are no bet

The value rule, if sure, at Pinnacle's odds, of {offers:,} offers:

<!-- evidence: reasons -->

{reasons}

<!-- /evidence -->

## Are the bets' forecasts right?

Bets of the value rule at Pinnacle's odds, in ten bins of equal size:

<!-- evidence: calibration -->

{calibration}

<!-- /evidence -->

## What it says

{verdict}

Random bets lose about the margin, as they must: their yield and their closing line value agree.

**Betting loses money on average.** Past yields, whatever their sign, say little about the next season, and
the best of dozens of bookmakers' odds is a price that hardly anybody can have.
"""


def page() -> str:
    """Return the page."""
    found, listed = replayed(), list(rows())
    by_name = {(name, report.price): report for name, report in found}
    sharp, bold = by_name["value, if sure", "pinnacle"], by_name["value", "pinnacle"]
    split = len(PRICES) * 5
    return PAGE.format(
        stamp=stamp(application().clock.now().date(), data_version()),
        matches=sharp.matches,
        first=f"{FIRST}/{FIRST - 1999}",
        last=f"{LAST}/{LAST - 1999}",
        flat=markdown(listed[:split]),
        growth=markdown(listed[split:]),
        note=" ".join(NOTE.split()),
        offers=sharp.offers,
        reasons=markdown([{"reason": reason, "offers": count} for reason, count in sharp.not_taken.items()]),
        calibration=markdown(
            [
                {
                    "forecast": f"{100 * bar.forecast:.1f} %",
                    "won": f"{100 * bar.observed:.1f} %",
                    "bets": bar.count,
                }
                for bar in bold.calibration
            ]
        ),
        verdict="\n".join(f"- {minus(line)}" for line in _verdict(by_name)),
    )


def _verdict(found: dict[tuple[str, str], BettingReport]) -> Iterator[str]:
    """Say in words what the figures say, whatever it is."""
    for price in PRICES:
        report, lot = found["value", price], found["random", price]
        clv = report.closing_line_value
        if report.yield_ is None or clv is None or clv.null is None or lot.yield_ is None:
            yield f"At {price} odds too few bets were of value to tell."
            continue
        low, high = report.yield_.interval
        sign = "above nothing" if low > 0 else "below nothing" if high < 0 else "which may be nothing"
        better = "above" if clv.value.interval[0] > clv.null else "not above"
        yield (
            f"At {price} odds, {report.bets:,} bets of value yielded {100 * report.yield_.value:.1f} % "
            f"({100 * low:.1f} to {100 * high:.1f}), {sign}; bets by lot {100 * lot.yield_.value:.1f} %. "
            f"Their closing line value, {100 * clv.value.value:.1f} %, is {better} that of lots."
        )


def picture() -> str:
    """Draw the bankrolls of the value rule and of lots, in units staked."""
    width, height, left, bottom, top = 720, 340, 64, 44, 20
    colours = {"average": "#9aa5b1", "best": "#1b7f4b", "pinnacle": "#104e8b"}
    paths = [(name, report) for name, report in replayed() if name in {"value", "random"} and report.equity]
    units = [np.array([float(point.equity) for point in report.equity]) / 10 - 10_000 for _, report in paths]
    low, high = min(path.min() for path in units), max(path.max() for path in units)
    first, last = date(FIRST, 7, 1).toordinal(), date(LAST + 1, 7, 1).toordinal()

    def x(day: float) -> float:
        return left + (day - first) / (last - first) * (width - left - 20)

    def y(value: float) -> float:
        return height - bottom - (value - low) / (high - low) * (height - bottom - top)

    shapes = [
        f'<path d="M{left} {y(0):.1f}H{width - 20}" stroke="#9aa5b1" stroke-dasharray="3 4"/>',
    ]
    for (name, report), path in zip(paths, units, strict=True):
        days = [point.day.toordinal() for point in report.equity]
        points = " ".join(
            f"{x(day):.1f},{y(value):.1f}" for day, value in zip(days, path.tolist(), strict=True)
        )
        dash = ' stroke-dasharray="2 3"' if name == "random" else ""
        shapes.append(
            f'<polyline points="{points}" fill="none" stroke="{colours[report.price]}" '
            f'stroke-width="1.6"{dash}/>'
        )
    shapes += [
        f'<text x="{x(date(year, 7, 1).toordinal()):.0f}" y="{height - 22}" text-anchor="middle" '
        f'fill="#52606d">{year}</text>'
        for year in range(FIRST, LAST + 2)
    ]
    shapes += [
        f'<text x="{left - 8}" y="{y(value) + 5:.1f}" text-anchor="end" fill="#52606d">{value:+.0f}</text>'
        for value in (low, 0.0, high)
    ]
    legend = "units won; value solid, lots dotted; average grey, best green, Pinnacle blue"
    shapes.append(
        f'<text x="{width / 2}" y="{height - 4}" text-anchor="middle" fill="#1f2933">{legend}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13"><title>Bankrolls</title>'
        f'<rect width="{width}" height="{height}" rx="8" fill="#ffffff"/>' + "\n".join(shapes) + "</svg>\n"
    )


def main() -> None:
    """Write the page and its picture."""
    docs = Path(__file__).parents[1] / "docs"
    try:
        data.real_folder()
    except data.Absent as reason:
        sys.exit(str(reason))
    (docs / "methods-evidence" / "betting.md").write_text(page(), encoding="utf-8")
    (docs / "_static" / "betting.svg").write_text(picture(), encoding="utf-8")
    print("written: docs/methods-evidence/betting.md, docs/_static/betting.svg")


if __name__ == "__main__":
    main()
