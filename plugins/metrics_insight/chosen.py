"""Which events a card speaks of: the line ``events:`` of its block, held against all that is known.

``all`` (or no such line), ``none``, ``posts`` (all, and the author's own posts beside them), or
kinds. A change in the way of counting is always among them: the line breaks there.
"""

from __future__ import annotations

from datetime import date

from metrics_insight import given
from metrics_insight.errors import Fault, Unread
from metrics_insight.model import Dataset, Event, Metric, Post, Request
from mistakes import did_you_mean

ALL, NONE, POSTS = WORDS = ("all", "none", "posts")


def events(request: Request, dataset: Dataset, metric: Metric) -> tuple[Event, ...]:
    """The events that concern ``metric`` and that the card asks for, in order of time."""
    concerned = dataset.events_of(metric)
    kinds = {word for word in request.events if word not in WORDS}
    if kinds or NONE in request.events:
        concerned = tuple(one for one in concerned if one.kind in kinds or one.is_counting_change)
    if POSTS not in request.events:
        return concerned
    told = {(one.file, one.date) for one in dataset.events if one.file}
    own = (
        _as_event(post, post.day) for post in dataset.posts if post.day and given.is_near(post.day)
    )
    beside = (one for one in own if (one.file, one.date) not in told)
    return tuple(sorted((*concerned, *beside), key=lambda one: (one.date, one.title)))


def ticks(request: Request, dataset: Dataset) -> tuple[date, ...]:
    """The days of the author's own posts, which are shown and never tested.

    None where the card asks for the posts as events.
    """
    if POSTS in request.events:
        return ()
    return tuple(sorted({post.day for post in dataset.posts if post.day}))


def refuse_unknown(request: Request, dataset: Dataset) -> None:
    """Raise `Fault` for a word that is no kind of any event."""
    known = {*WORDS, *(event.kind for event in dataset.events if event.kind)}
    for word in request.events:
        if word not in known:
            # a kind may stand in a file that could not be read, which is told of by itself
            fault = Unread if dataset.mistakes else Fault
            wrong = f'no event is of the kind "{word}"'
            raise fault(wrong, did_you_mean(word, known), request.line_of("events"))


def _as_event(post: Post, day: date) -> Event:
    return Event(day, post.title or post.file, "post", url=post.url, file=post.file)
