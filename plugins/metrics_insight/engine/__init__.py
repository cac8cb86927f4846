"""The statistics: numbers in, numbers with their uncertainty out; no words, no files.

cleaning        readings ──► a daily grid without slips, and what was cleaned
baseline        the week taken out: what is typical, and how far days stray
expected        what was to be expected, and the replay that says how sure
changes         spikes, jumps and lasting changes of the rate; `change_points`
effects         what each event did, tested as one family
paces           what was gained between readings that are days or weeks apart
readings        the same for those
relationships   whether replies, clicks, gifts kept pace
analysis        all of it, in order: `analyse(series, events, companions) -> Report`
"""
