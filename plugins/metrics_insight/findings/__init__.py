"""What is true of a series: siblings of one signature, ``find(dossier) -> tuple[Finding, ...]``.

The dossier holds the series, the window and the events that concern it. A finder returns
what it can stand behind, in the order in which it should be read, or nothing. A new
finding is one more file here, one dataclass in `finding`, one sentence in the catalogue,
and one line in `FINDERS`.
"""

from metrics_insight.findings import growth, log, usual

FINDERS = (growth.find, usual.find, log.find)
"""In the order in which their sentences are read."""
