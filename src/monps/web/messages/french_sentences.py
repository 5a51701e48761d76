"""Sentences that come with what is shown (reasons, warnings, remarks), in French.

In the French form, a gap with ``:words`` is translated itself, one with ``:number`` is written as the
language writes numbers, one with ``:day`` holds a day; without any it stands as it is, as names do.
"""

SENTENCES: dict[str, str] = {
    # what agents went by, and why they abstain
    "too little history": "trop peu d’historique",
    "{silence} up to {day}": "{silence:words}, jusqu’au {day:day}",
    "up to {day}": "jusqu’au {day:day}",
    "{evidence} of {n} matches {until}": "{evidence:words} de {n:number} matchs, {until:words}",
    "fewer than {n} seasons to learn from": "moins de {n} saisons pour apprendre",
    "fewer than {n} seasons to learn from, or too few past prices":
        "moins de {n} saisons pour apprendre, ou trop peu de cotes passées",
    "no results": "aucun résultat",
    "results and shots": "résultats et tirs",
    "past prices": "cotes passées",
    "profiles from results, their statistics and past odds":
        "profils tirés des résultats, de leurs statistiques et des cotes passées",
    "{which} prices, all markets together": "cotes {which:words}, tous marchés ensemble",
    "no {which} prices": "pas de cotes {which:words}",
    "{book} is out of line on {side}: {points}": "{book} s’écarte sur {side:words} : {points:words}",
    "{n} points from the other books": "{n:number} points des autres bookmakers",
    "{side} moved from {early} % to {late} %": "{side:words} passe de {early:number} % à {late:number} %",
    "where there are prices of the match": "là où le match a des cotes",
    "no agent has anything to go by": "aucun agent n’a de quoi se prononcer",
    "no agent has anything to go by: {why}": "aucun agent n’a de quoi se prononcer : {why:words}",
    # what made the forecast, and what to beware of
    "{agent} lead with {home} : {away} goals ({why})":
        "{agent:words} en tête avec {home:number} : {away:number} buts ({why:words})",
    "{agent} {goals} goals for {team}": "{agent:words} : {goals:number} but pour {team}",
    "{agent} abstain: {why}": "{agent:words}, abstention : {why:words}",
    "the newest result is {n} days old": "le résultat le plus récent a {n:number} jours",
    "{competition} in the year before": "{competition} dans l’année précédente",
    "{team} played {n} matches of {where}: wide uncertainty":
        "{team} a joué {n} matchs de {where:words} : grande incertitude",
    "fair odds of {selection} were set by hand: {odds}":
        "la cote juste de {selection} a été fixée à la main : {odds:number}",
    "the confidence was set by hand: {score}": "la confiance a été fixée à la main : {score:number}",
    "the agents agree by {agreement}, below {least}: {far} from the pool":
        "les agents s’accordent à {agreement:number}, sous {least:number} : {far:words} de l’ensemble",
    "{agent} by {distance}": "{agent:words} à {distance:number}",
    "the newest line-up of {team} is {n} days old":
        "la composition la plus récente de {team} a {n:number} jours",
    "{share} of {team}'s eleven are expected to be players not seen before":
        "{share:number} du onze de {team} devraient être des joueurs jamais vus",
    # why there is no bet, or a smaller one
    "the quote is older than {n} hours": "la cote a plus de {n} heures",
    "odds of {odds} are far above the median bookmaker's {median}":
        "la cote de {odds:number} est bien au-dessus de la médiane des bookmakers, {median:number}",
    "an expected value of {value} does not clear {least}":
        "une espérance de {value:number} ne dépasse pas {least:number}",
    "nothing tells how uncertain our price of this is": "rien ne dit l’incertitude de notre cote",
    "the expected value, {value} ± {error}, may not clear {least}":
        "l’espérance, {value:number} ± {error:number}, peut ne pas dépasser {least:number}",
    "the expected value is {value}": "l’espérance est de {value:number}",
    "nothing is left after {controls}": "il ne reste rien après {controls:words}",
    "the stake is below a cent, or other bets do the same better":
        "la mise est inférieure à un centime, ou d’autres paris font mieux",
    "{control}: {before} became {after}": "{control:words} : {before:number} ramené à {after:number}",
    # style
    "nobody counted it here; it takes {source}": "personne ne l’a compté ici ; il faut {source:words}",
    "nothing of {team} was counted in the {n} days before":
        "rien n’a été compté pour {team} dans les {n} jours précédents",
    "{source} said nothing of this league in the {n} days before":
        "{source:words} : rien sur cette ligue dans les {n} jours précédents",
    "Understat's team matches": "les matchs d’équipe d’Understat",
    "a source of single shots": "une source de tirs un à un",
    "a source that counts passes, such as a table in WhoScored's manner":
        "une source qui compte les passes, comme un tableau à la manière de WhoScored",
    "a source of line-ups with expected goals": "une source de compositions avec buts attendus",
    "the statistics of matches": "les statistiques des matchs",
    "nothing could be learned yet: too few seasons": "rien n’a pu être appris : trop peu de saisons",
    "measured out of sample: it moves prices": "mesurée hors échantillon : elle modifie les cotes",
    "not measured yet: description only": "pas encore mesurée : description seulement",
    "no measured effect: description only": "aucun effet mesuré : description seulement",
    # what is not known
    "unknown {kind} {name}": "{kind:words} inconnu(e) : {name}",
    "unknown {kind} {name}; did you mean {nearest}?":
        "{kind:words} inconnu(e) : {name} ; vouliez-vous dire {nearest} ?",
    "no result of {competition} was known at {moment} UTC":
        "aucun résultat de {competition} n’était connu le {moment} UTC",
    "no match of the {n} years before {day} is known":
        "aucun match des {n:number} années avant le {day:day} n’est connu",
    "there are no matches yet; `monps ingest football-data PATH` brings some":
        "il n’y a pas encore de matchs ; `monps ingest football-data PATH` en apporte",
    "{team} played no match of {competition} in the last four years":
        "{team} n’a joué aucun match de {competition} ces quatre dernières années",
    "no appearance of a player was known": "aucune apparition de joueur n’était connue",
    "no line-up of {competition} was known": "aucune composition de {competition} n’était connue",
    "no player of {competition} was known at {moment} UTC: ingest line-ups first":
        "aucun joueur de {competition} n’était connu le {moment} UTC : lisez d’abord des compositions",
    "nobody who may play is known to score": "aucun buteur connu parmi ceux qui peuvent jouer",
    "fewer than {n} players who may play for {team} have been seen":
        "moins de {n} joueurs susceptibles de jouer pour {team} ont été vus",
    "too little is known of a squad to say who scores its goals":
        "on en sait trop peu sur un effectif pour dire qui marque ses buts",
    "there is no match {n} in the store": "il n’y a pas de match {n} dans le dépôt",
    "there is no prediction {name}": "il n’y a pas de prévision {name}",
    "prediction {name} has no correct-score prices": "la prévision {name} n’a pas de cotes de score exact",
    "there is no match of {season}": "il n’y a pas de match de {season}",
    "{forecaster} has no forecast of {home} – {away}":
        "{forecaster:words} n’a pas de prévision pour {home} – {away}",
    # what is refused
    "{field} names no selection": "{field} ne désigne aucun choix",
    "{team} cannot play itself": "{team} ne peut jouer contre soi-même",
    "{moment} is in the past: only matches to come are predicted":
        "{moment} est passé : seuls les matchs à venir sont prévus",
    "{moment} is too far ahead: at most {n} days are predicted":
        "{moment} est trop loin : on prévoit au plus {n} jours",
    "there is no group of dimensions {name}; there are {names}":
        "il n’y a pas de groupe de dimensions {name} ; il y a {names}",
    "a bet names its match by match_id, or by competition, home and away":
        "un pari désigne son match par match_id, ou par competition, home et away",
    "no match {home} – {away} of {competition} {when} is in the store":
        "aucun match {home} – {away} de {competition} {when} n’est dans le dépôt",
    "a stake of {stake} exceeds the {left} left of bankroll {name}":
        "une mise de {stake:number} dépasse les {left:number} qui restent du capital {name}",
    "bet {n} has the reference {name} and another {fields}; a bet is never changed":
        "le pari {n} a la référence {name}, mais un autre {fields} ; un pari ne change jamais",
    "a bet cannot be placed at {moment} UTC, which is to come":
        "un pari ne peut être placé le {moment} UTC, qui est à venir",
    "{home} – {away} kicked off at {moment} UTC, before the bet was placed":
        "{home} – {away} a commencé le {moment} UTC, avant que le pari ne soit placé",
    "bet {n} is settled as {result}; a settlement is never changed":
        "le pari {n} est réglé comme {result:words} ; un règlement ne change jamais",
    "there is no open bet on match {n}": "il n’y a pas de pari en cours sur le match {n}",
    "there is no open bet {n}": "il n’y a pas de pari en cours {n}",
    "bankroll {name} is open already; its opening is never changed":
        "le capital {name} est déjà ouvert ; son ouverture ne change jamais",
    "the bankroll cannot open with {amount}": "le capital ne peut s’ouvrir avec {amount:number}",
    "the prediction has no selection {name} of {family} {line}":
        "la prévision n’a pas de choix {name} de {family} {line}",
    "the other selections cannot win: there is nothing to share among them":
        "les autres choix ne peuvent gagner : il n’y a rien à partager entre eux",
    "the cursor is none that a page gave as `next`": "ce curseur n’est celui d’aucune page",
    "the idempotency key {name} stood for another request":
        "la clé d’idempotence {name} désignait une autre demande",
    "named twice in one line-up: {names}": "nommé deux fois dans une composition : {names}",
    "newcomers who are neither in the eleven nor on the bench: {names}":
        "nouveaux venus ni dans le onze ni sur le banc : {names}",
    # the books
    "bet {n} was settled as {result}; by the result as it is known now it would be {other}":
        "le pari {n} a été réglé comme {result:words} ; d’après le résultat connu à présent, ce serait "
        "{other:words}",
    "{n} settled bets say next to nothing about skill; look at the interval":
        "{n} paris réglés ne disent presque rien du talent ; voyez l’intervalle",
    # backtests
    "there is no backtest {n}": "il n’y a pas de simulation {n}",
    "backtest {n} is {state} already": "la simulation {n} est déjà {state:words}",
    "the first day, {first}, comes after the last, {last}":
        "le premier jour, {first}, vient après le dernier, {last}",
    "the first day comes after the last": "le premier jour vient après le dernier",
    "a competition is named twice": "une compétition est nommée deux fois",
    "no match of {competitions} was played from {first} to {last}":
        "aucun match de {competitions} n’a été joué du {first} au {last}",
    "{forecaster} has forecasts of {n} of {all} matches, too few to judge: more earlier seasons, or odds, "
    "may be needed":
        "{forecaster:words} a prévu {n} matchs sur {all}, trop peu pour juger : il faudrait plus de saisons "
        "antérieures, ou des cotes",
    "its process was lost {n} times": "son processus a été perdu {n} fois",
    "reading the history": "lecture de l’historique",
    "forecasting and betting": "prévisions et paris",
    # the system
    "{address} is at revision {name}, but {head} is needed; run `monps db upgrade`":
        "{address} est à la révision {name}, mais il faut {head} ; lancez `monps db upgrade`",
    "{address} is at revision {name}, which a newer monps made; install that version "
    "(pip install --upgrade monps), and run `monps db upgrade`":
        "{address} est à la révision {name}, faite par un monps plus récent ; installez cette version "
        "(pip install --upgrade monps), et lancez `monps db upgrade`",
    "the database's address cannot be read; write sqlite:///FILE or postgresql://…":
        "l’adresse de la base est illisible ; écrivez sqlite:///FICHIER ou postgresql://…",
    "the database cannot hold it: {why}": "la base ne peut le contenir : {why}",
    "monps keeps its data in SQLite or PostgreSQL, not in {name}":
        "monps garde ses données dans SQLite ou PostgreSQL, pas dans {name}",
    "{address} has no tables yet; run `monps db upgrade`":
        "{address} n’a pas encore de tables ; lancez `monps db upgrade`",
    "{address} cannot be used: {why}": "{address} ne peut être utilisée : {why}",
    "{address} names no file; write sqlite:///FILE":
        "{address} ne désigne aucun fichier ; écrivez sqlite:///FICHIER",
    "SQLite {version} is too old: use 3.37 or newer, or PostgreSQL":
        "SQLite {version} est trop ancien : prenez 3.37 ou plus récent, ou PostgreSQL",
    "PostgreSQL needs its driver: pip install monps[postgres]":
        "PostgreSQL a besoin de son pilote : pip install monps[postgres]",
    "{folder} cannot be made: {why}": "{folder} ne peut être créé : {why}",
    "event {n} is damaged; `monps audit verify` looks further":
        "l’événement {n} est abîmé ; `monps audit verify` cherche plus loin",
    "{what} could not be learned: {kind}: {why}": "{what} n’a pas pu être appris : {kind} : {why}",
    "event {n} is missing; {other} stands in its place":
        "l’événement {n} manque ; {other} est à sa place",
    "event {n} does not follow the one before it: one of the two was altered or moved":
        "l’événement {n} ne suit pas le précédent : l’un des deux a été modifié ou déplacé",
    "event {n} was altered": "l’événement {n} a été modifié",
    "{version}; 3.11 or newer is needed": "{version} ; il faut 3.11 ou plus récent",
    "{version} has the WAL-reset bug: let one process write at a time, or use SQLite after 3.51.2 or "
    "PostgreSQL":
        "{version} a le défaut WAL-reset : qu’un seul processus écrive à la fois, ou prenez SQLite après "
        "3.51.2 ou PostgreSQL",
    "{n} GB free": "{n:number} Go libres",
    "{room}; make room before the next ingestion": "{room:words} ; faites de la place avant de relire",
    "{address} can be reached": "{address} est joignable",
    "at {name}, the newest": "à {name}, la plus récente",
    "no tables yet; the first ingestion makes them": "pas encore de tables ; la première lecture les crée",
    "at {name}, but {head} is needed; run `monps db upgrade`":
        "à {name}, mais il faut {head} ; lancez `monps db upgrade`",
    "newest result known {day}, {n} days ago":
        "résultat le plus récent connu le {day:day}, il y a {n:number} jours",
    "no matches yet; `monps ingest football-data PATH` brings some":
        "pas encore de matchs ; `monps ingest football-data PATH` en apporte",
    "data {competition}": "données {competition}",
}  # fmt: skip
