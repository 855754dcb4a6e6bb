"""How much chance alone explains: Fisher's exact test, and the interval of a ratio of two rates."""

import math
from typing import Final

_TIE: Final = 1e-7
"""Tables this close in probability count as equally likely: rounding must not decide."""
Z_95: Final = 1.959963984540054
"""The 0.975 quantile of the standard normal distribution."""


def fisher(selected_a: int, count_a: int, selected_b: int, count_b: int) -> float:
    """The two-sided p-value that both groups have the same rate, by the hypergeometric distribution.

    The sum over all tables with the same margins that are no likelier than the one found.
    """
    drawn = selected_a + selected_b
    low, high = max(0, drawn - count_b), min(drawn, count_a)
    logs = [_choose(count_a, x) + _choose(count_b, drawn - x) for x in range(low, high + 1)]
    found, top = logs[selected_a - low] + _TIE, max(logs)
    weights = [math.exp(value - top) for value in logs]
    as_unlikely = math.fsum(w for w, value in zip(weights, logs, strict=True) if value <= found)
    return min(1.0, as_unlikely / math.fsum(weights))


def _choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def interval(selected_a: int, count_a: int, selected_b: int, count_b: int) -> tuple[float, float]:
    """The 95 % confidence interval of rate a / rate b, `selected_b` above 0: Katz's log interval.

    Where a group has none or all selected its variance would be undefined or zero; then half a selected and
    half a not selected case is added to each group (the Haldane-Anscombe correction), and the interval stays
    honest about how little is known. With none selected in a it begins at 0.
    """
    a, n, b, m = float(selected_a), float(count_a), float(selected_b), float(count_b)
    if selected_a in {0, count_a} or selected_b in {0, count_b}:
        a, n, b, m = a + 0.5, n + 1.0, b + 0.5, m + 1.0
    centre = math.log(a / n) - math.log(b / m)
    half = Z_95 * math.sqrt(1 / a - 1 / n + 1 / b - 1 / m)
    return math.exp(centre - half) if selected_a else 0.0, math.exp(centre + half)
