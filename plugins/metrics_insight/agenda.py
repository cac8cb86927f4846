"""What is due: the readings whose day has come in the data and that nobody has closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from metrics_insight import claimed, wording
from metrics_insight.journal import Entry


@dataclass(frozen=True)
class Due:
    """A card that waits for its verdict: where it is, what was claimed, what the data say.

    ``value`` is in the units of the check (a share for a change or a ratio), None where the test
    cannot tell; ``read`` are the days of the readings it rests on.
    """

    post: str
    line: int
    card: str
    question: str
    check: str
    date: str
    value: float | None
    read: tuple[str, ...]
    test: str
    told: str

    def __str__(self) -> str:
        return f"{self.post}:{self.line}: {self.told}"

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values for a program."""
        return {key: value for key, value in asdict(self).items() if key != "told"}


def due(entries: Iterable[Entry]) -> tuple[Due, ...]:
    """The cards that are due, the longest waiting first."""
    found = [one for entry in entries if (one := _due(entry))]
    return tuple(sorted(found, key=lambda one: (one.date, one.post, one.line)))


def _due(entry: Entry) -> Due | None:
    standing = entry.dossier.standing
    check, trial = standing.check, standing.tested
    if standing.status != "due" or check is None or trial is None:
        return None
    words = wording.catalogue("en")  # what commands say is English, whatever the post is in
    told = f"{claimed.check(standing, words)}. {claimed.test(standing, words)}"
    return Due(
        post=entry.source.path,
        line=entry.line,
        card=entry.name,
        question=entry.dossier.request.question,
        check=check.written,
        date=check.day.isoformat(),
        value=trial.value,
        read=tuple(sorted({point.day.isoformat() for point in (*trial.readings, *trial.base)})),
        test=trial.outcome,
        told=told,
    )
