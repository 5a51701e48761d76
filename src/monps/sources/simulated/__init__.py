"""A country that does not exist, simulated in the sources' own formats: the demo's data, and the tests'.

Everything follows from a seed and a day. Nothing is copied: clubs, people and prices are invented, and
where a column bears a real bookmaker's abbreviation it is because the reader knows that column.

**Clubs.** Wealth is drawn from a Gumbel distribution (few are rich) and fills a first and a second
division; six clubs wait outside. Attack and defence are on one scale for the whole country,

    attack = 0.24 · wealth + openness + form,    defence = 0.24 · wealth − openness + form',

where form and form' are first-order autoregressions that keep 98 % of themselves from week to week. Three
clubs go up and three down each summer, at both borders; wealth returns to its mean, is shaken, and
follows promotion and relegation.

**Matches.** A double round-robin by the circle method on the days of an English season. The rates are

    log λ = base + home advantage + the club's own edge + attack(home) − defence(away) + news + surprise,
    log μ = base + attack(away) − defence(home) + news + surprise,

with news and surprise of mean one on the scale of goals. Scores are drawn from the Dixon–Coles distribution
of (λ, μ, ρ), first-half goals by binomial thinning (0.45 of all). Shots on target are goals plus saves,
shots add the misses, both negative binomial; each chance is worth a gamma variable such that expected goals
average the true rate. Corners follow shots, cards follow fouls and the referee.

**Bookmakers.** Six books know the strengths up to an error they share and one of their own; at closing
they know the news as well. Each prices all its markets from one distribution of scores and adds its margin
as a power of the probabilities, which burdens outsiders. Maxima and averages are over the six.

**Players.** Twenty-four a club, a quarter new each summer. Eleven start, four come on; a side's goals (less
own goals), shots, cards and expected goals are shared out among those on the pitch.

The truth – strengths, rates, probabilities – stays at hand in ``DivisionSeason``, so that a test can ask
how well it was recovered.

References
----------
Dixon & Coles (1997), Modelling association football scores and inefficiencies in the football betting
market, Applied Statistics 46(2).
"""

from monps.sources.simulated.country import SimulatedCountry
from monps.sources.simulated.history import DIVISIONS
from monps.sources.simulated.season import DivisionSeason

__all__ = ["DIVISIONS", "DivisionSeason", "SimulatedCountry"]
