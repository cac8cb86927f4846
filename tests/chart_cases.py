"""Charts by hand: one for each kind and each trap, and any chart that can be described."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from insights import chart, day, panel
from metrics_insight.insight import Band, Chart, Mark, Panel, Shift
from metrics_insight.model import Point, Span

SEEN, QUIET = "moved", "no visible effect"
LONG = "A very long label of a measure that nobody would write but somebody always does " * 4
ARABIC, HEBREW = "المشاهدات، من آذار إلى آب (الموقع)!", "צפיות, 2024 (אתר)!"


def days(count: int, first: str = "2024-03-01", every: int = 1) -> list[date]:
    """So many days, from a first one on."""
    return [day(first) + timedelta(days=every * n) for n in range(count)]


def runs(on: Sequence[date], values: Sequence[float | None], *cuts: date, gap: int = 1):
    """Readings as unbroken runs: cut at None, at a gap and at some days."""
    found: list[list[Point]] = [[]]
    for one, value in zip(on, values, strict=True):
        before = found[-1][-1].day if found[-1] else one
        if value is None or (one - before).days > gap or any(before < cut <= one for cut in cuts):
            found.append([])
        if value is not None:
            found[-1].append(Point(one, float(value)))
    return tuple(tuple(run) for run in found if run)


def whole(*panels: Panel, on: Sequence[date], marks: Sequence[Mark] = (), **more) -> Chart:
    """A chart of some panels over the whole of some days."""
    span = Span(on[0], on[-1])
    given = {"span": span, "window": span, "title": "Views, 2024", "note": "views",
             "alt": "Line chart.", "source": "Source: site.csv",
             "language": "en", **more}  # fmt: skip
    return Chart(panels=panels, marks=tuple(marks), **given)


def stock() -> Chart:
    """A year of followers: eight events, a gap, a counting break, bands, a change of pace."""
    chance, on, value = random.Random(3), days(365, "2024-06-01"), 810.0
    bursts = {95: 50, 100: 15, 180: -50, 332: 50, **{204 + n: 110 * 0.5**n for n in range(7)}}
    values: list[float | None] = []
    for n in range(365):
        value += max(0.0, chance.gauss(1.6 if n < 262 else 2.6, 1.3)) + bursts.get(n, 0)
        values.append(round(value))
    bands = []
    for first, last in [(0, 57), (57, 110), (111, 150), (153, 179), (180, 235), (237, 261),
                        (262, 310), (318, 364)]:  # fmt: skip
        at = values[first]
        reach = range(min(last - first, 54))
        low = tuple(at + 1.6 * n - 3 - 0.35 * n for n in reach)
        high = tuple(at + 1.6 * n + 3 + 0.35 * n for n in reach)
        bands.append(Band(tuple(on[first + n] for n in reach), low, high))
    values[120] = values[121] = None
    marked = [(39, 0), (95, 1), (100, 1), (149, 0), (205, 1), (229, 0), (289, 0), (332, 1)]
    return whole(
        Panel("Followers", "followers", "stock", True, runs(on, values, on[180]), (on[180],),
              tuple(bands), (Shift(on[262], on[253], on[271], "rate"),)),
        on=on,
        marks=[Mark(n, on[at], bool(moved), f"Event {n}", SEEN if moved else QUIET)
               for n, (at, moved) in enumerate(marked, 1)],
        title="Followers on Mastodon, June 2024 to May 2025",
        note="followers",
    )  # fmt: skip


def flow(count: int = 180) -> Chart:
    """Views by day with a week's rhythm, a band that starts anew, a spike and a change."""
    chance, on = random.Random(1), days(count)
    usual = [400 * (1 + 0.25 * math.sin(math.tau * n / 7)) * (1 if n < 110 else 1.3)
             for n in range(count)]  # fmt: skip
    values = [round(one * math.exp(chance.gauss(0, 0.12)) * (3 if n in {60, 61} else 1))
              for n, one in enumerate(usual)]  # fmt: skip
    bands = [
        Band(tuple(on[a:b]), tuple(0.74 * one for one in usual[a:b]),
             tuple(1.3 * one for one in usual[a:b]))
        for a, b in ((14, 110), (124, count))
    ]  # fmt: skip
    return whole(
        Panel("Views", "views", "flow", True, runs(on, values), (), tuple(bands),
              (Shift(on[60], on[59], on[61], "spike"), Shift(on[110], on[106], on[116], "rate"))),
        on=on,
        marks=[Mark(1, on[20], verdict=QUIET), Mark(2, on[60], True, verdict=SEEN),
               Mark(3, on[108], verdict="too little history", tested=False),
               Mark(4, on[150], verdict=QUIET)],
        window=Span(on[30], on[-1]),
        ticks=tuple(on[3::17]),
    )  # fmt: skip


def year() -> Chart:
    """A year of a flow with a band on each day, eight marks and a break: the heaviest usual one."""
    one = flow(365)
    on = [point.day for point in one.panels[0].points]
    cut = runs(on, [point.value for point in one.panels[0].points], on[200])
    broken = Panel("Views", "views", "flow", True, cut, (on[200],), one.panels[0].bands)
    marks = [Mark(n, on[40 * n - 30], n % 2 == 1) for n in range(1, 9)]
    return whole(broken, on=on, marks=marks)


def irregular() -> Chart:
    """A reading every two weeks: bars of what was expected, a claim that is an interval."""
    chance, on = random.Random(2), days(14, "2024-01-03", 13)
    values = [100 + 12 * n + chance.randint(-4, 9) for n in range(14)]
    bands = tuple(Band((on[n],), (values[n - 1] + 6,), (values[n - 1] + 20,)) for n in range(4, 14))
    return whole(
        Panel("Followers", "followers", "stock", False, runs(on, values, gap=99), (), bands,
              (Shift(on[8], on[7], on[8], "jump"),)),
        on=on,
        marks=[Mark(1, on[3]), Mark(2, on[7] + timedelta(days=3), True)],
    )  # fmt: skip


def stuck() -> Chart:
    """A counter that stood still, missing days, a lone reading, two marks in the gap."""
    on = days(90, "2024-01-01")
    values: list[float | None] = [1000 + 4.0 * n for n in range(90)]
    values[40:62] = [1160.0] * 22
    values[70:76], values[77:80] = [None] * 6, [None] * 3
    one = Panel("Pulls", "pulls", "stock", True, runs(on, values), stuck=(Span(on[41], on[61]),))
    return whole(one, on=on, marks=[Mark(1, on[72]), Mark(2, on[76])])


def several() -> Chart:
    """Three measures over one time axis."""
    above = flow()
    on = days(180)
    replies = [40 + (n * 37) % 50 for n in range(180)]
    total = [900 + 2 * n for n in range(180)]
    change = (Shift(on[100], on[95], on[107], "rate"),)
    return whole(
        above.panels[0],
        Panel("Replies", "replies", "flow", True, runs(on, replies), (on[90],)),
        Panel("Subscribers", "subscribers", "stock", True, runs(on, total), shifts=change),
        on=on,
        marks=above.marks,
    )


def crowded(*at: int, numbers: Sequence[int] = ()) -> Chart:
    """Views with a mark on each of these days."""
    one, on = flow(), days(180)
    plain = Panel("Views", "views", "flow", True, one.panels[0].runs)
    marks = [Mark(n, on[place], n == 5) for n, place in zip(numbers or range(1, 999), at)]  # noqa: B905
    return whole(plain, on=on, marks=marks)


def long_words() -> Chart:
    """Every word far too long."""
    on = days(30)
    two = [panel(1, runs=runs(on, range(30)), label=LONG), panel(1, runs=runs(on, range(30)),
                                                               label=LONG)]  # fmt: skip
    return whole(*two, on=on, title=LONG, note=LONG, source=LONG, alt=LONG)


def leftward(words: str, language: str) -> Chart:
    """Words that run from right to left."""
    on = days(60)
    two = [panel(1, runs=runs(on, range(60)), label=words) for _ in range(2)]
    return whole(*two, on=on, marks=[Mark(1, on[30])], title=words, note=words, source=words,
                 language=language)  # fmt: skip


def decade(band: bool = False) -> Chart:
    """Ten years of noisy days."""
    chance, on = random.Random(4), days(3650, "2014-01-01")
    values = [round(300 * math.exp(chance.gauss(0, 0.3))) for _ in on]
    low = tuple(160 + 30 * math.sin(n) for n in range(3622))
    high = tuple(520 + 60 * math.sin(n) for n in range(3622))
    bands = (Band(tuple(on[28:]), low, high),) if band else ()
    one = Panel("Views", "views", "flow", True, runs(on, values), bands=bands)
    return whole(one, on=on, marks=[Mark(n, on[400 * n]) for n in range(1, 9)])


def lifetime() -> Chart:
    """Fifty years, with eight marks in two of them."""
    on = days(18263, "1970-01-01")
    one = panel(1, runs=runs(on, [1.1 * n for n in range(18263)]))
    return whole(one, on=on, marks=[Mark(n, on[9000 + 60 * n]) for n in range(1, 9)])


def of(*values: float, **more) -> Chart:
    """A chart of a few values on days in March."""
    return chart(panel(*values, **more), marks=1)


def many_changes() -> Chart:
    """More changes in a few days than words fit beside."""
    one, on = crowded(*range(0, 180, 20)), days(180)
    cuts = (on[20], on[24], on[28])
    shifts = tuple(Shift(on[n], on[n - 2], on[min(n + 3, 179)], "rate")
                   for n in (40, 46, 52, 170, 178))  # fmt: skip
    values = [point.value for point in one.panels[0].points]
    changed = Panel("Views", "views", "flow", True, runs(on, values, *cuts), cuts, (), shifts)
    return whole(changed, on=on, marks=one.marks)


CASES: dict[str, Callable[[], Chart]] = {
    "stock": stock,
    "flow": flow,
    "irregular": irregular,
    "stuck-and-gaps": stuck,
    "small-multiples": several,
    "joined-marks": lambda: crowded(*range(50, 95, 5)),
    "twelve-marks": lambda: crowded(*(n * n for n in range(12))),
    "sixty-marks": lambda: crowded(*range(0, 180, 3)),
    "marks-on-one-day": lambda: crowded(*[50] * 200),
    "many-changes": many_changes,
    "long-words": long_words,
    "arabic": lambda: leftward(ARABIC, "ar"),
    "hebrew": lambda: leftward(HEBREW, "he"),
    "ten-years": decade,
    "fifty-years": lifetime,
    "no-readings": lambda: whole(Panel("Views", "views", "flow", True, ()), on=days(90)),
    "one-reading": lambda: of(7),
    "all-equal": lambda: of(7, 7, 7, 7),
    "all-zero": lambda: of(0, 0, 0),
    "negative": lambda: of(-5, 20, -1, -30, 12),
    "million-millions": lambda: of(1e12, 1e12 + 3e6, 1e12 + 1e7, kind="stock"),
}


@st.composite
def charts(draw) -> Chart:
    """Any chart that can be described: panels, gaps, bands, changes, marks, words."""
    count = draw(st.integers(1, 40))
    every = draw(st.sampled_from([1, 1, 1, 13, 400]))
    on = days(count, "2001-02-27", every)
    panels = [draw(_panels(on)) for _ in range(draw(st.integers(1, 3)))]
    marked = draw(st.lists(st.tuples(st.integers(0, count - 1), st.booleans()), max_size=30))
    words = st.text(max_size=40) | st.sampled_from([LONG, ARABIC, HEBREW, "<b>&\"'", "数字" * 30])
    return Chart(
        title=draw(words),
        note=draw(words),
        alt=draw(words),
        source=draw(words),
        language=draw(st.sampled_from(["en", "ar", "de"])),
        span=Span(on[0], on[-1]),
        window=Span(on[draw(st.integers(0, count - 1))], on[-1]),
        panels=tuple(panels),
        marks=tuple(Mark(n, on[at], moved, "x", draw(st.sampled_from(["", QUIET])))
                    for n, (at, moved) in enumerate(sorted(marked), 1)),
        ticks=tuple(on[:: draw(st.integers(1, 9))]),
    )  # fmt: skip


@st.composite
def _panels(draw, on: Sequence[date]) -> Panel:
    size = draw(st.sampled_from([1e-9, 1.0, 1e4, 1e12]))
    value = st.floats(-1, 1).map(lambda one: one * size) | st.integers(0, 9).map(float)
    values = draw(st.lists(value | st.none(), min_size=len(on), max_size=len(on)))
    places = st.integers(0, len(on) - 1)
    cuts = tuple(on[n] for n in draw(st.sets(places, max_size=3)))
    spans = draw(st.lists(st.tuples(places, places), max_size=3))
    known = [(one, n) for n, one in enumerate(values) if one is not None]
    bands = tuple(
        Band(tuple(on[min(a, b) : max(a, b)]), *(tuple(one + way * size / 9 for one in
             [values[n] or 0.0 for n in range(min(a, b), max(a, b))]) for way in (-1, 1)))
        for a, b in spans if known
    )  # fmt: skip
    shifts = tuple(
        Shift(on[(a + b) // 2], on[min(a, b)], on[max(a, b)],
              draw(st.sampled_from(["rate", "jump", "spike"])))
        for a, b in spans
    )  # fmt: skip
    label = draw(st.sampled_from(["Views", LONG, ARABIC, ""]))
    daily = draw(st.booleans())
    return Panel(label, "views", draw(st.sampled_from(["stock", "flow"])), daily,
                 runs(on, values, *cuts, gap=9999), cuts, bands, shifts,
                 tuple(Span(on[min(a, b)], on[max(a, b)]) for a, b in spans[:1]))  # fmt: skip
