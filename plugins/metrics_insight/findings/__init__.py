"""What is true of a series: siblings of one signature, ``find(dossier) -> tuple[Finding, ...]``.

The dossier holds the series, the days spoken of, and the analysis of the whole series with
its events. A finder returns what it can stand behind, in the order in which it should be
read, or nothing. A new finding is one more file here, one dataclass in `finding`, one
sentence in the catalogue, and one word in `PARAGRAPHS`.
"""

from itertools import chain

from metrics_insight.findings import changes, growth, happenings, pace, slips, usual

PARAGRAPHS = (
    (growth.find, usual.find),
    (changes.find, slips.find, happenings.find),
    (pace.find,),
)
"""What is read together, in reading order: the growth, what was tested, what kept pace."""

FINDERS = tuple(chain.from_iterable(PARAGRAPHS))
"""All of them, in the order in which their sentences are read."""
