"""What stops a command that is not a mistake in the content: told on one line, exit 2."""

from __future__ import annotations


class Fault(Exception):
    """Wrong use, wrong settings or a machine that refuses; ``str()`` of it is one line."""

    exit_code = 2

    def __str__(self) -> str:
        return " ".join(super().__str__().split())
