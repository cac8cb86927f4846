"""What Pelican and its libraries leave to chance or to the clock, held still during a build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from blinker import Signal
from blinker._utilities import make_id
from feedgenerator.django.utils.feedgenerator import SyndicationFeed
from pelican.generators import Generator

from harvest.fast import replaced


@contextmanager
def held() -> Iterator[None]:
    """Files, plugins and empty feeds the same in every build, on every machine."""
    with (
        replaced(Generator, "get_files", _sorted_files(Generator.get_files)),
        replaced(Signal, "receivers_for", _as_registered(Signal.receivers_for)),
        replaced(SyndicationFeed, "latest_post_date", _newest),
    ):
        yield


def _sorted_files(find: Callable[..., set[str]]) -> Callable[..., set[str]]:
    return lambda *given, **named: _InOrder(find(*given, **named))


class _InOrder(set[str]):
    """A set that is gone through in order: a plain one differs with every hash seed."""

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(super().__iter__()))

    def __ror__(self, other: Any) -> _InOrder:
        return _InOrder({*other, *super().__iter__()})


def _as_registered(find: Callable[..., Iterator[Any]]) -> Callable[..., list[Any]]:
    """Plugins called in the order of PLUGINS: by themselves signals follow places in memory."""

    def in_order(signal: Signal, sender: Any) -> list[Any]:
        places = {known: place for place, known in enumerate(signal.receivers)}
        return sorted(find(signal, sender), key=lambda receiver: places[make_id(receiver)])

    return in_order


def _newest(feed: SyndicationFeed) -> datetime:
    """The moment of a feed's newest entry; of an empty feed the beginning of time, not now."""
    moments = [item[key] for item in feed.items for key in ("pubdate", "updateddate")]
    return max(filter(None, moments), default=datetime.fromtimestamp(0, UTC))
