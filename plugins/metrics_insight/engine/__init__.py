"""The statistics: numbers in, numbers with their uncertainty out; no words, no files.

twice           days with two values: which of them is read
cleaning        readings ──► a daily grid without slips, and what was cleaned
baseline        the week taken out: what is typical, and how far days stray
expected        what was to be expected, and the replay that says how sure
change          a change that is claimed
bursts          runs of a few days that stray further than chance
unread          long gaps, each of them one reading
changes         spikes, jumps and lasting changes of the rate; `change_points`
windows         what the weeks from an event on gained over the expected
effects         what each event did, tested as one family
paces           what was gained between readings that are days or weeks apart
readings        the same for those
relationships   whether replies, clicks, gifts kept pace
analysis        all of it, in order: `analyse(series, events, companions) -> Report`
"""
