"""How a chart is drawn: siblings of one signature, ``draw(chart, …) -> str or bytes``.

A chart is a description (`model.Chart`); a drawer turns it into one form and knows nothing
else. `widths`, `scales` and `marks` are the drawer's instruments.
"""
