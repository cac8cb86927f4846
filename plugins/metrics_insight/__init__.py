"""Numbers with their context: an insight block in a post becomes a card, at build time.

    content/data/*.csv, events.csv ──► sources ──► Dataset ─┐
    ```insight block in a post ──────► block ────► Request ─┤
                                                            ▼
                                     engine: changes and effects, with their uncertainty
                                     findings: what is true of the days spoken of
                                                            │
                                 sentences: in words ◄──────┤
                                 charts: as a picture ◄─────┘
                                                            │
             compose ──► Insight ──► site (page and feed) and commands (check, analyse)

A Pelican site names it in PLUGINS; `register` connects it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metrics_insight.model import Event, Series
    from metrics_insight.report import Report, analyse

__all__ = ["Event", "Report", "Series", "analyse", "register"]

_HOMES = {"Event": "model", "Series": "model", "Report": "report", "analyse": "report"}


def register() -> None:
    """Connect the plugin to Pelican's signals."""
    from metrics_insight import site  # noqa: PLC0415  a program that only draws needs no Pelican

    site.register()


def __getattr__(name: str) -> Any:
    """What other programs call, imported when asked for: a site needs no statistics to start."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"metrics_insight.{_HOMES[name]}"), name)
