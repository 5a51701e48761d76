"""How a consensus and its members look in a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group

from monps.cli import render
from monps.cli.sheets import show_forecast
from monps.domain.health import BrainHealth
from monps.domain.opinions import AgentOpinion
from monps.domain.predictions import EnsemblePrediction
from monps.services.consult import Answer
from monps.services.reproduce import Reproduction


def show_prediction(console: Console, prediction: EnsemblePrediction) -> None:
    """Print what the pool says, then each member beside it."""
    show_forecast(console, prediction)
    console.print(
        f" confidence        {prediction.confidence_level.replace('_', ' ')} "
        f"({prediction.confidence_score:.2f}), agreement {prediction.agreement:.2f}, "
        f"data {prediction.data_quality} ({prediction.data_quality_score:.2f})"
    )
    console.print(members_table(prediction))
    console.print(f" prediction {prediction.prediction_id}", style="dim")


def members_table(prediction: EnsemblePrediction) -> Group:
    """Return the pool, its members and its voices, side by side."""
    rows = [["pool", *_chances(prediction), ""], *map(_row, prediction.members)]
    rows += [[f"  {row[0]}", *row[1:]] for row in map(_row, prediction.voices)]
    return render.table("Who says what", ["agent"], ["home", "draw", "away", "goals", "weight"], rows)


def _row(said: AgentOpinion) -> list[str]:
    if said.abstained:
        return [said.agent, "–", "–", "–", "–", "0"]
    return [said.agent, *_chances(said), f"{said.weight:+.3f}"]


def _chances(said: AgentOpinion | EnsemblePrediction) -> list[str]:
    chances = (said.home_win or 0.0, said.draw or 0.0, said.away_win or 0.0)
    goals = f"{said.home_goals or 0.0:.2f} : {said.away_goals or 0.0:.2f}"
    return [*(render.percent(chance) for chance in chances), goals]


def show_explanation(console: Console, prediction: EnsemblePrediction) -> None:
    """Print what made a prediction what it is: evidence, members, data and provenance."""
    show_prediction(console, prediction)
    console.print(" contributing factors", style="bold")
    for factor in prediction.contributing_factors:
        console.print(f"   {factor}")
    console.print(" evidence", style="bold")
    for member in prediction.members:
        state = "abstains: " if member.abstained else ""
        console.print(f"   {member.agent.replace('_', ' ')}: {state}{'; '.join(member.reasons)}")
    console.print(
        f" uncertainty       between agents {prediction.epistemic_variance:.5f}, "
        f"chance itself {prediction.aleatoric_variance:.3f}"
    )
    provenance = prediction.provenance
    console.print(
        f" made by monps {provenance.code_version}, fits of {provenance.fitted_as_of:%Y-%m-%d %H:%M} UTC, "
        f"recipe {provenance.spec_hash[:12]}, data {provenance.data_version}",
        style="dim",
    )


def show_round(console: Console, answers: Sequence[Answer]) -> None:
    """Print several predictions, a fixture a row, then what was refused and why."""
    made = [answer.prediction for answer in answers if answer.prediction is not None]
    if made:
        console.print(render.table("Predictions", ["fixture"], _ROUND_COLUMNS, map(_fixture_row, made)))
    for answer in answers:
        if answer.refusal is not None:
            fixture = f"{answer.request.home} - {answer.request.away}"
            console.print(f" refused: {fixture}: {answer.refusal}", style="yellow")


_ROUND_COLUMNS = ["home", "draw", "away", "goals", "agreement", "members"]


def _fixture_row(prediction: EnsemblePrediction) -> list[str]:
    return [
        f"{prediction.home} - {prediction.away}",
        *(f"{chance:.0%} {render.odds(1 / chance)}" for chance in prediction.outcomes),
        f"{prediction.home_goals:.2f} : {prediction.away_goals:.2f}",
        f"{prediction.agreement:.2f}",
        " ".join(f"{member.home_win:.0%}" if member.home_win else "–" for member in prediction.members),
    ]


def show_reproduction(console: Console, found: Reproduction) -> None:
    """Print whether a prediction came out the same."""
    if found.identical:
        how = "bit for bit" if found.to_the_bit else "but for the rounding of last digits"
        console.print(f"{found.prediction_id}: identical, {how}", style="green")
        return
    console.print(f"{found.prediction_id}: differs in {', '.join(found.differs_in)}", style="yellow")
    for cause in found.causes:
        console.print(f"   {cause}")


def show_health(console: Console, health: BrainHealth) -> None:
    """Print the state of the brain, a competition a row."""
    last = health.last_prediction_at
    told = f"{last:%Y-%m-%d %H:%M} UTC" if last else "none yet"
    console.print(f"{health.model}: {health.status}", style="bold")
    console.print(f"{health.predictions:,} predictions kept, the last one: {told}", style="dim")
    if health.competitions:
        columns = ["fitted as of", "matches", "data age", "stale", "agents that speak"]
        console.print(render.table("Fits", ["competition"], columns, _health_rows(health)))
    for failure in health.failures:
        console.print(f" failed: {failure}", style="red")


def _health_rows(health: BrainHealth) -> Iterator[list[str]]:
    for each in health.competitions:
        yield [
            f"{each.competition} {each.season}",
            f"{each.fitted_as_of:%Y-%m-%d %H:%M}",
            f"{each.matches:,}",
            f"{each.data_age_days:.1f} d",
            "yes" if each.stale else "no",
            ", ".join(agent.agent for agent in each.agents if agent.speaks),
        ]
