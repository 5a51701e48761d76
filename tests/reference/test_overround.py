"""Margin removal against numbers that others have published.

- R package implied (J. C. Lindstrøm), README and introduction: three books, seven digits, found with a solver
  of tolerance 1.2e-4;
- penaltyblog 1.13.1 (M. Eastwood): the odds of its documentation, [2.7, 2.3, 4.4], and a lopsided book;
- shin (M. Berk), README: [2.6, 2.4, 4.3], sixteen digits;
- goto_conversion (K. Goto), README: [1.2, 3.4, 5.6];
- Clarke, Kovalchik, Ingram (2017), section 2: the additive method's negative probabilities.
"""

import numpy as np
import pytest

from monps.numerics.overround import remove_margin

THREE_BOOKS = [[4.20, 3.70, 1.95], [2.45, 3.70, 2.90], [2.05, 3.20, 3.80]]

IMPLIED = {
    "multiplicative": [
        [0.2331556, 0.2646631, 0.5021813],
        [0.3988848, 0.2641264, 0.3369888],
        [0.4586948, 0.2938514, 0.2474538],
    ],
    "differential_margin": [
        [0.2310332, 0.2632083, 0.5057585],
        [0.4004096, 0.2625166, 0.3370739],
        [0.4666506, 0.2913457, 0.2420036],
    ],
    "shin": [
        [0.2315716, 0.2635742, 0.5048542],
        [0.4000221, 0.2629271, 0.3370508],
        [0.4645882, 0.2919788, 0.2434331],
    ],
    "odds_ratio": [
        [0.2320048, 0.2636415, 0.5043537],
        [0.3996912, 0.2633869, 0.3369219],
        [0.4634406, 0.2919032, 0.2446562],
    ],
    "power": [
        [0.2311414, 0.2630644, 0.5057942],
        [0.4003156, 0.2627189, 0.3369655],
        [0.4667139, 0.2908985, 0.2423876],
    ],
}

PENALTYBLOG = {
    "multiplicative": [0.35873803615739097, 0.4211272598369373, 0.22013470400567173],
    "additive": [0.35956180159078704, 0.4239740399160689, 0.216464158493144],
    "power": [0.3591710998526432, 0.4237307529942109, 0.21709814715211412],
    "shin": [0.35934391959159157, 0.42324384818283234, 0.21741223222458853],
    "differential_margin": [0.359561801590787, 0.4239740399160689, 0.21646415849314396],
    "odds_ratio": [0.35881036212637907, 0.42256142219082565, 0.21862821568339025],
    "logarithmic": [0.358810362126165, 0.4225614221905987, 0.21862821568323132],
}
LOPSIDED = {
    "power": [0.9446119928002757, 0.042312364925266265, 0.013075642274666158],
    "shin": [0.9314632456837932, 0.05419769009874943, 0.014339064217457363],
    "odds_ratio": [0.9342512577982336, 0.048296946453769286, 0.017451795747912637],
}


@pytest.mark.parametrize("method", IMPLIED)
def test_implied(method):
    free = remove_margin(THREE_BOOKS, method)
    np.testing.assert_allclose(free.probabilities, IMPLIED[method], atol=5e-6)
    np.testing.assert_allclose(free.overround, [0.02118602, 0.02326112, 0.06346277], atol=5e-9)


def test_parameters_of_implied():
    np.testing.assert_allclose(
        remove_margin(THREE_BOOKS, "shin").parameter, [0.01061048, 0.01163552, 0.03182353], atol=2e-5
    )
    np.testing.assert_allclose(
        remove_margin(THREE_BOOKS, "odds_ratio").parameter, [1.034449, 1.035805, 1.102606], atol=5e-5
    )
    exponents = remove_margin(THREE_BOOKS, "power").parameter
    np.testing.assert_allclose(1.0 / exponents, [0.9797664, 0.9788115, 0.9419744], atol=2e-5)


@pytest.mark.parametrize("method", PENALTYBLOG)
def test_penaltyblog(method):
    probabilities = remove_margin([2.7, 2.3, 4.4], method).probabilities
    np.testing.assert_allclose(probabilities, PENALTYBLOG[method], atol=1e-11)


@pytest.mark.parametrize("method", LOPSIDED)
def test_penaltyblog_on_a_great_favourite(method):
    probabilities = remove_margin([1.05, 15.0, 41.0], method).probabilities
    np.testing.assert_allclose(probabilities, LOPSIDED[method], atol=1e-11)


def test_shin_package():
    free = remove_margin([2.6, 2.4, 4.3], "shin")
    published = [0.37299406033208965, 0.4047794109200184, 0.2222265287474275]
    np.testing.assert_allclose(free.probabilities, published, atol=1e-12)
    assert float(free.parameter) == pytest.approx(0.01694251276407055, abs=1e-11)


def test_goto_conversion_package():
    probabilities = remove_margin([1.2, 3.4, 5.6], "goto").probabilities
    published = [0.7753528189788175, 0.17479473292721065, 0.04985244809397199]
    np.testing.assert_allclose(probabilities, published, atol=1e-14)


def test_additive_fails_where_the_paper_says_it_does():
    odds = 1.0 / np.array([0.87, 0.2, 0.1, 0.05, 0.02, 0.01])
    assert not remove_margin(odds, "additive").valid
    assert remove_margin(odds, "power").valid
    assert remove_margin(odds, "shin").valid
