"""A list of faults as a verdict: none, or all of them told, one a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

AT_MOST = 40


def none(faults: Iterable[str]) -> None:
    """Fails with every fault on its own line; the same one is told once, a long list is cut."""
    __tracebackhide__ = True
    counted = Counter(faults)
    if counted:
        lines = [f"  {fault}{f' ({n} times)' if n > 1 else ''}" for fault, n in counted.items()]
        more = [f"  … and {len(lines) - AT_MOST} more"] if len(lines) > AT_MOST else []
        told = "\n".join([f"{counted.total()} faults:", *lines[:AT_MOST], *more])
        pytest.fail(told, pytrace=False)
