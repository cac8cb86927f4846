"""Numbers with their context: an insight block in a post becomes a card, at build time.

    content/data/*.csv, events.csv ──► sources ──► Dataset ─┐
    ```insight block in a post ──────► block ────► Request ─┤
                                                            ▼
                                     findings: what is true of the window
                                                            │
                                 sentences: in words ◄──────┤
                                 charts: as a picture ◄─────┘
                                                            │
             compose ──► Insight ──► site (page and feed) and commands (check, analyse)

A Pelican site names it in PLUGINS; `register` connects it.
"""

from __future__ import annotations


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from metrics_insight import site  # noqa: PLC0415  a program that only draws needs no Pelican

    site.register()
