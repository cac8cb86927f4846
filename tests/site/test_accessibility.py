"""Every kind of page can be read by everyone: axe finds nothing, in any scheme, at any width."""

from __future__ import annotations

import pytest

from checks.screen import axe_faults, visit
from checks.site import Site
from checks.verdict import none
from kinds import KINDS, page_of

LOOKS = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390), ("light", 320)]


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(browser, built: Site, home: str, kind: str) -> None:
    """Light and dark, desktop and phone; tap targets are large enough."""
    told = []
    with visit(browser, home, page_of(built, kind)) as here:
        for scheme, width in LOOKS:
            here.page.emulate_media(color_scheme=scheme)
            here.page.set_viewport_size({"width": width, "height": 900})
            told += [f"{scheme} {width}: {fault}" for fault in axe_faults(here.page)]
    none(told)
