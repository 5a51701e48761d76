"""What style says of every match, each season by what the seasons before taught.

Goals come first: profiles of both sides beside the league's means. Corners and cards start from the teams'
own effects (``models.counts``) and add style, the calendar, and for cards earlier meetings and the league of
late. On top of each comes friction, which counts only where its gate is open.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from monps.agents.base import History
from monps.dna import DIMENSIONS
from monps.dna.context import earlier_meetings, lately_in_league, season_stage
from monps.dna.friction import FrictionSettings, Target, WalkedFriction, walk_friction
from monps.dna.indices import Evidence, ProfileSettings
from monps.dna.measures import Details, Measures
from monps.dna.style import StyleSettings, Task, both_sides, for_both, walk_style
from monps.models.counts import COUNT_MODELS
from monps.numerics.checks import Floats
from monps.ratings.combination import seasons_seen
from monps.ratings.level import rolling_level, sums_known

STYLE_DIMENSIONS = (
    "attack", "defence", "shots", "shots_allowed", "accuracy", "accuracy_allowed", "finishing", "goalkeeping",
    "tempo", "shot_share", "corners", "corners_allowed", "width", "early_goals", "early_goals_conceded",
    "fouls", "fouls_suffered", "cards", "cards_drawn", "harshness",
    "standing", "standing_allowed", "superiority", "above_the_market", "below_the_market",
)  # fmt: skip
"""What style goes by: results and their statistics, and closing odds of past matches where there are any."""

FRICTION_DIMENSIONS = (
    "superiority", "shot_share", "tempo", "accuracy", "accuracy_allowed", "width", "fouls", "fouls_suffered",
    "harshness", "cards_drawn",
)  # fmt: skip
"""Of these, what may act upon each other; beside them, the goals expected of both sides in the match."""

OUTLOOK = "outlook"
"""That last one's name."""

LEAGUE_LATELY_DAYS = 15.0
LEAGUE_HALF_LIFE_DAYS, HALVES_HALF_LIFE_DAYS = 365.0, 1500.0
USUAL_FIRST_HALF, FIRST_HALF_PRIOR = 0.445, 2000.0
"""The share of goals before half-time in most leagues, and how many goals it takes to think otherwise."""


class StyleRecipe(StyleSettings):
    """Everything that style is learned with."""

    profiles: ProfileSettings = ProfileSettings()
    friction: FrictionSettings = FrictionSettings()


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """What is expected of one thing that is counted, in n matches.

    Parameters
    ----------
    target : Target
        What was counted, and expected without friction.
    friction : WalkedFriction
    """

    target: Target
    friction: WalkedFriction

    @property
    def expected(self) -> Floats:
        """Shape (n, 2): what is expected, friction included where its gate is open."""
        return np.asarray(self.target.expected * np.exp(self.friction.gated))


@dataclass(frozen=True, eq=False)
class StyleWalk:
    """Style walked through all seasons up to one.

    Parameters
    ----------
    history : History
        The n matches.
    recipe : StyleRecipe
    last : int
        The last season that is asked for.
    """

    history: History
    recipe: StyleRecipe
    last: int

    @cached_property
    def measures(self) -> Measures:
        """What was counted."""
        past = self.history
        return Measures.read(past.matches, Details(past.team_matches, past.shots, past.appearances))

    @cached_property
    def profiles(self) -> Floats:
        """Shape (n, 2, d): log indices of ``STYLE_DIMENSIONS`` on each morning, less the league's of late.

        Where all teams of a league move together, what is counted has changed, and not the teams.
        """
        chosen = [DIMENSIONS[name] for name in STYLE_DIMENSIONS]
        found = Evidence.of(self.measures, chosen, self.recipe.profiles).on_mornings()
        lately = np.concatenate([found.mean(axis=1), np.ones((len(found), 1))], axis=1)
        sums = sums_known(self.history.matches, lately, LEAGUE_LATELY_DAYS)
        means = sums[:, :-1] / np.maximum(sums[:, -1:], 1.0)
        return found - means[:, None]

    @cached_property
    def goals(self) -> Outlook:
        """Goals of both sides."""
        counts = self.measures.of("goals")
        rates = self._learned(counts, self._league_means(counts), [])
        rates = rates * rolling_level(self.history.matches, rates)[:, None]
        return self._with_friction(Target(counts, rates), rates)

    @cached_property
    def corners(self) -> Outlook:
        """Corners of both sides."""
        counts = self.measures.of("corners")
        rates = self._learned(counts, self._team_effects("corners"), [])
        return self._with_friction(Target(counts, rates), self.goals.target.expected)

    @cached_property
    def cards(self) -> Outlook:
        """Cards of both sides."""
        counts, base = self.measures.of("cards"), self._team_effects("cards")
        context = [of(self.history.matches, counts, base) for of in (earlier_meetings, lately_in_league)]
        rates = self._learned(counts, base, [for_both(np.stack(context, axis=1))])
        return self._with_friction(Target(counts, rates), self.goals.target.expected)

    @cached_property
    def first_half(self) -> Outlook:
        """Both sides' goals before half-time, of the goals they scored."""
        goals, early = self.measures.of("goals"), self.measures.of("half_time_goals")
        target = Target(early, goals * self.first_half_shares, goals)
        return self._with_friction(target, self.goals.target.expected)

    @cached_property
    def first_half_shares(self) -> Floats:
        """Shape (n, 2): the chance that a side's goal falls before half-time, without friction.

        That of the league, moved by what is known of the side and of its opponent.
        """
        early, goals = (self.measures.of(name).sum(axis=1) for name in ("half_time_goals", "goals"))
        sums = sums_known(self.history.matches, np.stack([early, goals], axis=1), HALVES_HALF_LIFE_DAYS)
        league = (sums[:, 0] + FIRST_HALF_PRIOR * USUAL_FIRST_HALF) / (sums[:, 1] + FIRST_HALF_PRIOR)
        own, conceded = (self._of_profile(name) for name in ("early_goals", "early_goals_conceded"))
        odds = (league / (1 - league))[:, None] * np.exp(own + conceded[:, ::-1])
        return np.asarray(odds / (1 + odds))

    def chance_of_first_half(self, rates: Floats) -> Floats:
        """Shape (n,): the chance that a match's only goal falls before half-time, given both goal rates."""
        odds = self.first_half_shares / (1 - self.first_half_shares) * np.exp(self.first_half.friction.gated)
        return np.asarray((rates * odds / (1 + odds)).sum(axis=1) / rates.sum(axis=1))

    def friction_profiles(self, rates: Floats) -> Floats:
        """Shape (n, 2, f): what friction looks at, given the goals expected of both sides."""
        dimensions = np.stack([self._of_profile(name) for name in FRICTION_DIMENSIONS], axis=2)
        outlook = np.log(np.where(np.isfinite(rates), rates, 1.0))
        return np.concatenate([dimensions, outlook[:, :, None]], axis=2)

    def _with_friction(self, target: Target, rates: Floats) -> Outlook:
        table, settings = self.history.matches, self.recipe.friction
        profiles = self.friction_profiles(rates)
        return Outlook(target, walk_friction(table, profiles, target, settings=settings, last=self.last))

    def _learned(self, counts: Floats, base: Floats, more: list[Floats]) -> Floats:
        table = self.history.matches
        features = [both_sides(self.profiles), for_both(season_stage(table)), *more]
        task = Task(table, counts, base, np.concatenate(features, axis=2))
        return walk_style(task, self.recipe, self.last)

    def _league_means(self, counts: Floats) -> Floats:
        """Shape (n, 2): the competition's means at home and away."""
        ones = np.ones((len(counts), 1))
        sums = sums_known(self.history.matches, np.concatenate([counts, ones], axis=1), LEAGUE_HALF_LIFE_DAYS)
        known = sums[:, 2:] > 0
        return np.asarray(np.where(known, sums[:, :2] / np.where(known, sums[:, 2:], 1.0), np.nan))

    def _team_effects(self, subject: str) -> Floats:
        """Shape (n, 2): what the teams' own effects (and the referee) let one expect."""
        table = self.history.matches
        wanted = (seasons_seen(table) >= self.recipe.warm_up_seasons) & (table.column("season") <= self.last)
        walked = COUNT_MODELS[subject]().walk(table, wanted)
        return np.stack([walked.home, walked.away], axis=1)

    def _of_profile(self, name: str) -> Floats:
        """Shape (n, 2): one dimension."""
        return self.profiles[:, :, STYLE_DIMENSIONS.index(name)]
