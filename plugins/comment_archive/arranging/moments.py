"""When something was written: with an offset, in the zone of the blog."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

_EARLIEST, _LATEST = 1000, 9997  # years that every part of a site can read back


def placed(moment: datetime | None, zone: tzinfo) -> datetime | None:
    """The moment in this zone; one without a zone is meant in it. None where it is no real one.

    A local time that a change of clocks skipped or gave twice is read as before the change.
    """
    if moment is None or not _EARLIEST <= moment.year <= _LATEST:
        return None
    if moment.tzinfo is None:
        # there and back again, so that an hour that never was becomes one that is
        moment = moment.replace(tzinfo=zone).astimezone(UTC)
    return moment.astimezone(zone).replace(microsecond=0)
