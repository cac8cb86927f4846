"""How often the insights are wrong: the engine measured on logs whose truth is known.

    simulate, spoil ──► made-up logs ──┐
    annotated ──► made-up sequences ───┼──► measure ──► docs/calibration.json ──► publish ──► docs,
    real ──► content/data/*.csv ───────┤                                                  the page
    peers ──► other people's tools ────┘

`python -m bench.insights` runs it all; `score` says what counts as right.
"""
