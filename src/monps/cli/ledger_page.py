"""The books as one HTML page that stands on its own: tables, and pictures drawn in SVG."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from monps.cli.ledger_sheets import estimate, percent
from monps.domain.ledger import EquityPoint, LedgerCut, LedgerReport
from monps.errors import UsageError

_WIDTH, _HEIGHT, _MARGIN = 720, 220, 36
_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{padding:.25rem .5rem;text-align:right}
th:first-child,td:first-child{text-align:left}thead{border-bottom:1px solid #888}
svg{max-width:100%;height:auto}
@media(prefers-color-scheme:dark){body{background:#14171a;color:#e6e6e6}}"""


def write_page(found: LedgerReport, path: Path) -> None:
    """Write a report as an HTML page.

    Raises
    ------
    UsageError
        If the file does not end in ``.html``, or its folder is not there.
    """
    if path.suffix != ".html":
        raise UsageError(f"{path.name}: a page is an .html file")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}")
    path.write_text("\n".join(_page(found)), encoding="utf-8")


def _page(found: LedgerReport) -> Iterator[str]:
    account, clv = found.bankroll, found.closing_line_value
    title = f"Bankroll {escape(account.name)}, {found.as_of:%Y-%m-%d}"
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    yield f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
    yield f"<h1>{title}</h1><p>Betting loses money on average.</p>"
    rows = [
        ("Bankroll", f"{account.initial} → {found.final} {account.currency}"),
        ("Profit", f"{found.profit:+}"),
        ("Settled bets", f"{found.bets} (and {found.open} open)"),
        ("Yield, 95 % interval", estimate(found.yield_)),
        ("Closing line value", f"{estimate(clv.value)}, n = {clv.n}" if clv else "-"),
        ("The same of bets by lot", percent(clv.null) if clv and clv.null is not None else "-"),
        ("Deepest fall", f"{found.drawdown.amount} ({percent(found.drawdown.share, sign='')})"),
    ]
    yield _table(("", ""), rows)
    yield equity_picture(found.equity, float(account.initial))
    for kind, cuts in found.by.items():
        yield f"<h2>By {kind}</h2>{cut_picture(cuts)}"
        yield _table(("", "bets", "staked", "profit", "yield", "CLV"), list(_cut_rows(cuts)))
    yield "".join(f"<p>{escape(warning)}</p>" for warning in found.warnings)
    yield "</body></html>"


def _cut_rows(cuts: dict[str, LedgerCut]) -> Iterator[tuple[str, ...]]:
    for name, cut in cuts.items():
        yield name, str(cut.bets), str(cut.staked), f"{cut.profit:+}", estimate(cut.yield_), estimate(cut.clv)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def equity_picture(points: Sequence[EquityPoint], initial: float) -> str:
    """Draw the bankroll from match day to match day, with what it began with as a dotted line."""
    values = [initial, *(float(point.equity) for point in points)]
    low, high = min(values), max(values)
    span = high - low or 1.0

    def y(value: float) -> float:
        return _HEIGHT - _MARGIN - (value - low) / span * (_HEIGHT - 2 * _MARGIN)

    step = (_WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    path = " ".join(f"{_MARGIN + step * place:.1f},{y(value):.1f}" for place, value in enumerate(values))
    words = f"Bankroll after each of {len(points)} match days, from {initial:.2f} to {values[-1]:.2f}"
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"><title>{words}</title>'
        f'<line x1="{_MARGIN}" x2="{_WIDTH - _MARGIN}" y1="{y(initial):.1f}" y2="{y(initial):.1f}" '
        f'stroke="#888" stroke-dasharray="2 4"/>'
        f'<polyline points="{path}" fill="none" stroke="#1f77b4" stroke-width="2"/>'
        f'<text x="{_MARGIN}" y="{_MARGIN - 12}" font-size="13" fill="#888">{high:.2f}</text>'
        f'<text x="{_MARGIN}" y="{_HEIGHT - 10}" font-size="13" fill="#888">{low:.2f}</text></svg>'
    )


def cut_picture(cuts: dict[str, LedgerCut]) -> str:
    """Draw the profit of each part as a bar to the right of the middle, or its loss to the left."""
    most = max((abs(float(cut.profit)) for cut in cuts.values()), default=0.0) or 1.0
    middle, row, half = _WIDTH / 2 + 60, 22, _WIDTH / 2 - 120
    bars = []
    for place, (name, cut) in enumerate(cuts.items()):
        width = abs(float(cut.profit)) / most * half
        left, colour = (middle, "#2ca02c") if cut.profit >= 0 else (middle - width, "#d62728")
        top = place * row
        bars.append(
            f'<text x="0" y="{top + 15}" font-size="13" fill="#888">{escape(name)}</text>'
            f'<rect x="{left:.1f}" y="{top + 3}" width="{width:.1f}" height="{row - 8}" fill="{colour}"/>'
        )
    height = max(row, row * len(cuts))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img"><title>Profit by part</title>{"".join(bars)}</svg>'
    )
