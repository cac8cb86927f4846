"""The pipeline of a build: check the content, press it aside, check its links, swap it in.

Nothing is changed in the output before the last step, and that step is one rename.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harvest import folder_links, interrupts, links, swap
from harvest.check import Checked, check, errors, in_order
from harvest.faults import of_machine
from harvest.pressing import Pressed, press
from harvest.site import Site
from harvest.sources import Sources
from mistakes import Mistake, Mistakes


@dataclass(frozen=True)
class Report:
    """What a build made, and every warning on the way."""

    checked: Checked
    pressed: Pressed
    warnings: tuple[Mistake, ...]


def build(site: Site, tell: Callable[[str], None] = lambda _: None) -> Report:
    """The site written to its output; raises Mistakes or a Fault and leaves the last good one."""
    tell("reading")
    checked = check(site)
    if checked.errors:
        raise Mistakes(checked.mistakes)
    with interrupts.remembered() as stop_if_pressed, swap.aside(site) as folder:
        report = build_aside(site, folder, checked, tell)
        tell("swapping in")
        stop_if_pressed()
        swap.swap_in(folder, site)
    return report


def build_aside(site: Site, folder: Path, checked: Checked, tell: Callable[[str], None]) -> Report:
    """The site written to ``folder`` and its links checked; raises Mistakes where it is bad."""
    tell(f"writing {len(checked.posts)} posts and pages")
    try:
        pressed = press(site, folder, checked.posts)
    except OSError as error:
        raise of_machine(error, site.shown(site.output)) from error
    found = [*checked.mistakes, *pressed.mistakes]
    if not errors(pressed.mistakes):
        tell("checking links")
        sources = Sources({post.path: post for post in checked.posts}, pressed.of_page)
        found += links.check(folder, sources, site.settings["SITEURL"])
    if errors(found):
        raise Mistakes(in_order(found))
    if site.is_opened_from_a_folder:
        folder_links.write(folder)
    return Report(checked, pressed, in_order(found))
