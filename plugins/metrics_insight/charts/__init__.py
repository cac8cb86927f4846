"""How a chart is drawn: siblings of one signature, ``draw(chart, words) -> Drawing | str | bytes``.

A chart is a description (`insight.Chart`), the only input; ``words`` say numbers and days in its
language. `svg` gives a `Drawing` (text, width, height), `png` bytes, `table` HTML, `interactive`
the figure for plotly.js, and `data` has two drawers by name, `data.csv` and `data.json`. What more
a form may be asked (a layout, fonts) has a name and a default.

Two relatives have less or more to draw: `sparkline.draw` takes points and a title, for the middle
of a sentence; `social.draw` the title of a post and the name of the site as well. All others are
the drawers' instruments.
"""
