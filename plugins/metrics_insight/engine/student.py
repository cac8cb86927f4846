"""Student's t: tails and quantiles, so that no statistics library is needed at run time."""

from __future__ import annotations

import math
from functools import lru_cache

TINY = 1e-300
MOST_STEPS = 200


def tail(x: float, df: float) -> float:
    """The chance that a t value of ``df`` degrees lies further from zero than ``x``, both sides."""
    return _incomplete_beta(df / (df + x * x), df / 2, 0.5) if math.isfinite(x) else 0.0


@lru_cache(maxsize=4096)
def quantile(chance: float, df: float) -> float:
    """The distance from zero that is exceeded, both sides together, with this chance."""
    x = 0.0  # the tail falls ever slower, so that Newton's steps from the left never pass it
    peak = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    for _ in range(MOST_STEPS):
        over = tail(x, df) - chance
        step = over / (2 * peak * (1 + x * x / df) ** (-(df + 1) / 2))
        x += step
        if step <= 1e-12 * x:
            break
    return x


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz's method)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    logs = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(logs + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, 300):
        for term in _terms(x, a, b, m):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            result *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return result


def _terms(x: float, a: float, b: float, m: int) -> tuple[float, float]:
    even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return even, odd


def _away_from_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
