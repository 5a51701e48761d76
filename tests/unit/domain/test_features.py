from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from monps.domain.features import (
    DimensionValue,
    FrictionEffect,
    FrictionEvidence,
    FrictionTarget,
    TeamDNA,
    data_quality,
)
from monps.domain.identifiers import Season

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def known(name: str = "tempo") -> DimensionValue:
    return DimensionValue(
        dimension=name,
        group="style",
        unit="shots a match",
        value=24.0,
        standard_error=1.0,
        n=20,
        z=0.5,
        z_error=0.2,
        source="football-data",
        as_of=NOW,
        age_days=3.0,
    )


def missing(name: str = "pressing") -> DimensionValue:
    return DimensionValue(dimension=name, group="style", unit="", as_of=NOW, reason="no source counts it")


def effect(size: float = 0.1) -> FrictionEffect:
    return FrictionEffect(expected=1.4, effect=size, lower=-0.1, upper=0.3, log_effect=0.07)


def target(evidence: FrictionEvidence | None, *, moves: bool) -> FrictionTarget:
    return FrictionTarget(
        target="goals",
        unit="goals",
        home=effect(),
        away=effect(0.0),
        moves_prices=moves,
        evidence=evidence,
        note="",
    )


def test_a_value_comes_with_all_that_qualifies_it() -> None:
    for field in ("standard_error", "z", "z_error", "source", "age_days"):
        with pytest.raises(ValidationError, match="or else a reason"):
            DimensionValue(**(known().model_dump() | {field: None}))
    with pytest.raises(ValidationError, match="or else a reason"):
        DimensionValue(**(known().model_dump() | {"n": 0}))


@pytest.mark.parametrize("field", ["value", "z", "home", "away"])
def test_what_is_missing_has_no_number(field: str) -> None:
    with pytest.raises(ValidationError, match="no numbers"):
        DimensionValue(**(missing().model_dump() | {field: 0.0}))


def test_coverage_counts_what_is_known() -> None:
    dimensions = (known(), known("width"), known("timing"), missing())
    dna = TeamDNA(
        team="A", competition="E0", season=Season(start=2025), as_of=NOW, matches=20, dimensions=dimensions
    )
    assert dna.coverage == 0.75
    assert dna.data_quality == "fair"
    assert dna.dimension("pressing") == missing()
    assert dna.dimension("unheard_of") is None
    assert TeamDNA.model_validate_json(dna.model_dump_json()) == dna


def test_a_dimension_stands_once() -> None:
    with pytest.raises(ValidationError, match="twice"):
        TeamDNA(
            team="A",
            competition="E0",
            season=Season(start=2025),
            as_of=NOW,
            matches=20,
            dimensions=(known(), known()),
        )


def test_quality_falls_with_coverage() -> None:
    assert [data_quality(share) for share in (1.0, 0.99, 0.8, 0.79, 0.6, 0.1)] == [
        "excellent",
        "good",
        "good",
        "fair",
        "fair",
        "poor",
    ]


def test_friction_moves_no_price_without_an_interval_above_zero() -> None:
    shown = FrictionEvidence(gain=0.002, lower=0.001, upper=0.003, n=7000, seasons=(2021, 2022))
    unclear = FrictionEvidence(gain=0.002, lower=-0.001, upper=0.005, n=7000, seasons=(2021, 2022))
    assert target(shown, moves=True).moves_prices
    assert not target(unclear, moves=False).moves_prices
    for evidence in (unclear, None):
        with pytest.raises(ValidationError, match="moves no price"):
            target(evidence, moves=True)


def test_what_is_estimated_lies_within_its_interval() -> None:
    with pytest.raises(ValidationError, match="within its interval"):
        effect(0.5)
    with pytest.raises(ValidationError, match="within its interval"):
        FrictionEvidence(gain=0.1, lower=0.2, upper=0.3, n=1, seasons=(2020,))
