"""Whether replies, clicks or gifts kept pace with the main number across its largest change."""

from __future__ import annotations

from metrics_insight.dossier import Dossier
from metrics_insight.engine.relationships import Relationship
from metrics_insight.finding import Finding, Interval, KeptPace


def find(dossier: Dossier) -> tuple[Finding, ...]:
    """Each companion per unit of the main number, four weeks before against four weeks after."""
    held = zip(dossier.companions, dossier.analysis.relationships, strict=False)
    return tuple(_kept(dossier, companion, one) for companion, one in held)


def _kept(dossier: Dossier, companion: Dossier, held: Relationship) -> KeptPace:
    ratio = None
    if held.ratio is not None and held.low is not None and held.high is not None:
        ratio = Interval(held.ratio, held.low, held.high)
    return KeptPace(
        metric=dossier.series.metric,
        companion=companion.series.metric,
        before=held.before,
        after=held.after,
        ratio=ratio,
        claimed=held.claimed,
    )
