"""The sentences that the engine and the services may say to a reader, found in their source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import monps
from monps import errors

SOURCE = Path(monps.__file__).parent
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type)} - {"UnknownNameError"}
GAP = "⟨…⟩"

ROOMS = ("agents", "brain", "dna", "players", "backtest", "web")
SERVICES = (
    "backtest", "bet_backtest", "brain_health", "consult", "doctor", "features", "friction", "history",
    "jobs", "keeper", "kept_grid", "match_scorers", "measures", "overrule", "place", "predict_round",
    "predictions", "price_check", "queries", "report", "risk", "rounds", "scorers", "settle",
    "style_history", "submit", "team_record",
)  # fmt: skip
"""Those that the dashboard asks."""
TELLING = {
    "agents/base.py": "*", "agents/bookmakers_fit.py": "_reasons", "agents/combined.py": "*",
    "agents/pairs.py": "*", "agents/quote_watch.py": "_out_of_line _moved", "agents/style.py": "*",
    "agents/style_fit.py": "*", "brain/tell.py": "_factors _warnings", "dna/nouns.py": "_why_not",
    "domain/audit.py": "_fault", "services/brain_health.py": "_agents", "services/consult.py": "*",
    "services/doctor.py": "*", "services/friction.py": "_note", "services/overrule.py": "overruled",
    "services/price_check.py": "_refusal _sized _bites", "services/report.py": "_corrected _modest",
    "services/risk.py": "_bites _why_not", "services/predictions.py": "check_agreement",
    "services/scorers.py": "_warnings", "storage/schema.py": "*",
}  # fmt: skip
"""Where reasons, warnings and remarks are made; of the functions named, every sentence counts."""


class Said(NamedTuple):
    """A sentence with its gaps, and where it is said."""

    text: str
    where: str


def raised() -> Iterator[Said]:
    """Yield what errors say that the dashboard may meet."""
    files = [path for room in ROOMS for path in sorted((SOURCE / room).rglob("*.py"))]
    files += [SOURCE / "services" / f"{name}.py" for name in SERVICES]
    files += [SOURCE / "storage" / f"{name}.py" for name in ("engine", "schema", "audit_repository")]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _called(node) in ERRORS and node.args:
                yield from _sentences(node.args[0], path)


def told() -> Iterator[Said]:
    """Yield the reasons, warnings and remarks that are made as values."""
    for name, functions in TELLING.items():
        path = SOURCE / name
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and (functions == "*" or node.name in functions.split()):
                for part in node.body[_documented(node) :]:
                    yield from _within(part, path)


def _within(node: ast.AST, path: Path) -> Iterator[Said]:
    """Yield the sentences of a statement; what an error says is not taken for a remark."""
    if isinstance(node, ast.Raise | ast.Assert):
        return
    found = list(_sentences(node, path))
    yield from found
    if not found and not isinstance(node, ast.Constant | ast.JoinedStr):
        for child in ast.iter_child_nodes(node):
            yield from _within(child, path)


def _sentences(node: ast.AST, path: Path) -> Iterator[Said]:
    if isinstance(node, ast.IfExp):
        yield from _sentences(node.body, path)
        yield from _sentences(node.orelse, path)
        return
    text = _text(node)
    if re.search(r"[a-z]+ [a-z]+" if GAP not in text else r"[a-z]{2,} | [a-z]{2,}", text):
        yield Said(text, f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}")


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{[^{}]*\}", GAP, node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else GAP for part in node.values)
    return ""


def _documented(node: ast.FunctionDef) -> int:
    return int(ast.get_docstring(node) is not None)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))
