"""The figures for readers: docs/calibration.md, and a table for the page "How we count"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Measured = Mapping[str, Any]

INTRODUCTION = """# Calibration

What you get: how often `metrics_insight` is wrong, measured on logs whose truth is known.

Written by `make bench-insights` on {date}; do not edit. The same figures for programs: [calibration.json](calibration.json).

{quiet:,} quiet and {changed:,} changed series, seeds {first} to {last}. The thresholds were chosen on seeds {tuned}; these seeds were run once, when nothing was left to choose. In brackets the 95 % interval, found by drawing whole series anew, and what was counted.
"""

CHOICES = """
## What to hold against these figures

- **The simulator is ours.** Engine and simulator were written in one house, and what neither thought of is in no figure. The real series above are the check from outside, and there are only six.
- **Some thresholds were fitted to the real series**, because nothing else showed the fault: the chance at which a burst on the day of an event near the end of a series is believed, and the day after it that is tried too (the blizzard); the rounds in which what was found is taken out of the calm days, and the weeks it is taken out for (the playoffs); the half weight of the same weeks of other years (the placebos and the games of *peyton*); how heavy the tails of seldom readings are held to be at most (*trevornoah*); how much of a rise the years before must have shown for it to be no news, and how far apart two days must lie to be two beginnings (*peyton*). No real series was kept back for these, so the placebos and verdicts above are no proof of them.
- **A quiet series is wrong** if any event is said to have moved it, or anything stands in `changes`, more than {grace} days from what spoiled its log. One wrong claim of two is as wrong as two.
- **Found** means that the event has the verdict *moved* or *cannot separate*, or that a change is claimed whose days come within {grace} days of the truth. An event that is not in the log can be found only by the second. Size is the first week's effect over the usual stray of a quiet week.
- **Falls of one day** in a running total are taken for purges, as they look alike; they have rows of their own and are not in the recall. Neither are logs read seldom, whose intervals of readings have theirs.
- **Two true events 8 to 27 days apart** are asked about in every window that is told of them, each with its own effect as the truth; where the engine leaves the four weeks of the first out, nothing is counted. What it does not see of the second is in the four weeks of the first, and what it does not see of the first is in the level the second is held against: those four weeks keep less than they promise.
- **Passing and lasting** count the events said to have moved the number. What may be a season, or has anything else within four weeks of it, real or not, is told as neither, and counts as not told to last.
- **Windows asked about** have nothing planted and nothing spoiled in the 28 days (84 for the long window) before them and in their own days. Where history is short or another change is near, the engine says so instead of giving an interval; that costs no figure here.
- **Change points** are scored on sequences of our own; of two public series with a known answer, the flow of the Nile is cut at 1899 and the carbon dioxide of Mauna Loa not at all.
- **Heavy tails** make most of the false claims: one wild week cannot be told from a planted one.
- **The rows of logs read seldom** were measured a second time on the same seeds, after the interval of a lasting change between readings was mended; every other figure came out the same.
- **Times** are of one noisy machine, sentences included, reading the file not.
"""

READERS = (
    ("coverage 7", "Intervals for 7 days that hold the truth; 95 in 100 are promised"),
    ("coverage 28", "Intervals for 28 days that hold it"),
    ("false", "Quiet series in which anything at all is claimed"),
    ("attribution", "Events said to have moved the number that truly did"),
    ("recall 8", "Large effects found: eight times the usual stray of a week, or more"),
    ("recall 4", "Middling effects found: four to eight times"),
    ("dated", "Lasting changes dated within three days"),
)
HEAD = "| What | Share | From | To | Counted |"
RULE = "|---|---:|---:|---:|---:|"


def calibration(measured: Measured) -> str:
    """The whole of docs/calibration.md."""
    return "\n".join(_lines(measured)) + "\n"


def for_readers(measured: Measured) -> str:
    """The table that the page "How we count" shows."""
    by_name = {row["name"]: row for row in measured["figures"]}
    rows = [HEAD, RULE]
    for name, label in READERS:
        row = by_name[name]
        shares = " | ".join(_percent(row[key]) for key in ("share", "low", "high"))
        rows.append(f"| {label} | {shares} | {row['count']:,} |")
    return "\n".join(rows)


def with_table(page: str, measured: Measured) -> str:
    """The text of a page with its table of figures replaced by the latest."""
    before, head, rest = page.partition(HEAD)
    if not head:
        raise ValueError(f"the page has no table that begins {HEAD}")
    lines = rest.split("\n")[1:]
    after = next((at for at, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return before + for_readers(measured) + "\n" + "\n".join(lines[after:])


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _lines(measured: Measured) -> Iterator[str]:
    series, (first, last) = measured["series"], measured["seeds"]
    yield INTRODUCTION.format(first=first, last=last, **measured, **series)
    yield from _figures(measured)
    yield from _strata(measured)
    yield from _placebo(measured)
    yield from _verdicts(measured)
    yield from _change_points(measured)
    yield from _peers(measured)
    yield CHOICES.strip("\n").format(grace=measured["grace"])


def _share(row: Measured) -> str:
    return f"{row['share']:.3f} ({row['low']:.3f} to {row['high']:.3f}, n={row['count']:,})"


def _figures(measured: Measured) -> Iterator[str]:
    yield from ("| Figure | Measured | Floor | Goal |", "|---|---|---|---|")
    for row in measured["figures"]:
        yield f"| {row['label']} | {_share(row)} | {row['floor']} | {row['goal']} |"
    for row in measured["speed"]:
        label = f"{row['days']:,} days with {row['events']} events, ms"
        yield f"| {label} | {row['milliseconds']:.1f} | {row['floor']} | {row['goal']} |"
    points = measured["change_points"]
    yield f"| `change_points`, made-up sequences: F1 | {points['f1']:.3f} | .70 | .80 |"
    yield f"| `change_points`: covering | {points['covering']:.3f} | .66 | .72 |"


def _strata(measured: Measured) -> Iterator[str]:
    yield from ("", "## Coverage by stratum", "", "| Stratum | 7 days | 28 days |", "|---|---|---|")
    rows = {(row["stratum"], row["days"]): row for row in measured["strata"]}
    for name in sorted({stratum for stratum, _ in rows}):
        cells = [_share(rows[name, days]) if (name, days) in rows else "" for days in (7, 28)]
        yield f"| {name} | {cells[0]} | {cells[1]} |"


def _placebo(measured: Measured) -> Iterator[str]:
    yield from ("", "## Placebo coverage on real series", "")
    yield "Intervals at days on which nothing is recorded, four weeks from all that is."
    yield from ("", "| Series | Window | Coverage |", "|---|---|---|")
    for row in measured["placebo"]:
        window = f"{row['days']} days" if row["days"] else "one interval of readings"
        yield f"| {row['series']} | {window} | {_share(row)} |"
    missing = {told["series"] for told in measured["verdicts"]}
    for name in sorted(missing - {row["series"] for row in measured["placebo"]}):
        yield f"| {name} | | too little history for any interval |"


def _verdicts(measured: Measured) -> Iterator[str]:
    yield from ("", "## What is said of the real series' events", "")
    yield from ("| Series | Date | Event | Verdict | Gained more |", "|---|---|---|---|---|")
    for told in measured["verdicts"]:
        title = told["title"].replace("|", "\\|")
        cells = (told["series"], told["date"], title, told["verdict"], told["extra"])
        yield "| " + " | ".join(cells) + " |"


def _change_points(measured: Measured) -> Iterator[str]:
    points = measured["change_points"]
    yield from ("", "## Change points of plain sequences", "")
    yield (
        f"{points['sequences']} sequences drawn by us, cuts right within five points: a check that "
        "nothing is broken, not how a collection that people annotated would be met."
    )
    yield from ("", "| Kind | F1 | Covering |", "|---|---|---|")
    for kind, (f1, covering) in points["kinds"].items():
        yield f"| {kind} | {f1:.3f} | {covering:.3f} |"


def _peers(measured: Measured) -> Iterator[str]:
    yield from ("", "## Other tools on the same cases", "")
    yield (
        "With their defaults, a week after each event. A claim is an interval without 0; ours is "
        "counted here the same way, before the test over the whole card and all that follows."
    )
    yield ""
    yield "| Tool | Coverage | Quiet series with a claim | ms an event | |"
    yield "|---|---|---|---|---|"
    for peer in measured["peers"]:
        cover, false = (
            "" if peer[key] is None else f"{peer[key]:.3f} (n={peer[count]})"
            for key, count in (("coverage", "events"), ("false", "quiet"))
        )
        spent = "" if peer["milliseconds"] is None else f"{peer['milliseconds']:.0f}"
        yield f"| {peer['name']} | {cover} | {false} | {spent} | {peer['remark']} |"
    yield ""
