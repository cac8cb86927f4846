"""A list of faults as a verdict: none, or all of them told, one a line."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

AT_MOST = 40


def none(faults: Iterable[str]) -> None:
    """Fails with every fault on its own line; a long list is cut and counted."""
    __tracebackhide__ = True
    told = [*faults]
    if told:
        shown = "\n".join(f"  {fault}" for fault in told[:AT_MOST])
        more = f"\n  … and {len(told) - AT_MOST} more" if len(told) > AT_MOST else ""
        pytest.fail(f"{len(told)} faults:\n{shown}{more}", pytrace=False)
