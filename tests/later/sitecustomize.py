"""With this folder on PYTHONPATH a program believes that it runs a thousand days later.

Only the clock is moved: `datetime.now`, `datetime.today`, `date.today` and `time.time`. What
was made by real dates still counts as a date, so libraries notice nothing.
"""

import datetime  # noqa: ICN001 - its names are set here
import time

LATER = datetime.timedelta(days=1000)
REAL_DATE, REAL_MOMENT, REAL_TIME = datetime.date, datetime.datetime, time.time


class _Kind(type):
    """Makes real dates instances of the moved classes too."""

    def __instancecheck__(cls, thing):
        return isinstance(thing, cls.__mro__[1])

    def __subclasscheck__(cls, kind):
        return issubclass(kind, cls.__mro__[1])


class Moment(REAL_MOMENT, metaclass=_Kind):
    """A datetime whose now is a thousand days ahead."""

    @classmethod
    def now(cls, tz=None):
        return REAL_MOMENT.now(tz) + LATER

    @classmethod
    def today(cls):
        return REAL_MOMENT.now() + LATER

    @classmethod
    def utcnow(cls):
        return REAL_MOMENT.now(datetime.UTC).replace(tzinfo=None) + LATER


class Date(REAL_DATE, metaclass=_Kind):
    """A date whose today is a thousand days ahead."""

    @classmethod
    def today(cls):
        return REAL_MOMENT.now().date() + LATER  # the real one asks the moved time.time


for moved, name in ((Moment, "datetime"), (Date, "date")):
    moved.__name__ = moved.__qualname__ = name
    moved.__module__ = "datetime"
    setattr(datetime, name, moved)
time.time = lambda: REAL_TIME() + LATER.total_seconds()
