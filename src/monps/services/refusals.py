"""Say in a sentence why there is no bet."""

from monps.domain.risk import NoBet
from monps.staking.offers import Offers
from monps.staking.value import NO_REASON, REASONS, Assessment, ValueRule


def refusal(offers: Offers, worth: Assessment, rule: ValueRule, row: int) -> NoBet | None:
    """Return why an offer is not worth a bet; None if it is.

    Parameters
    ----------
    offers : Offers
        What is on offer.
    worth : Assessment
        What that is worth.
    rule : ValueRule
        What was asked of it.
    row : int
        Which offer.
    """
    code = int(worth.reason[row])
    if code == NO_REASON:
        return None
    value, error = float(worth.value[row]), float(worth.value_error[row])
    details = {
        "no_edge": f"the expected value, {value:+.1%}, does not clear {max(rule.least_value, 0.0):.1%}",
        "uncertain": f"the expected value, {value:+.1%} ± {error:.1%}, is not sure enough to clear "
        f"{max(rule.least_value, 0.0):.1%}",
        "stale_quote": f"the quote is older than {rule.oldest_hours:g} hours",
        "anomalous_quote": f"odds of {offers.odds[row]:g} are far above the {offers.median[row]:g} of the "
        f"median of {offers.count[row]} bookmakers: an error is likelier than a gift",
        "better_price": "another bookmaker offers more for it",
        "no_forecast": "the forecast says nothing of it",
    }
    reason = REASONS[code]
    return NoBet(reason=reason, detail=details[reason])
