"""A Markdown extension: a picture alone in its paragraph, with a title, is a figure.

    ![A tally sheet](/images/tally.jpg "Counted by hand, March 2025")

becomes ``<figure>`` with the title as its ``<figcaption>``; a link around the picture stays.
Name it in the MARKDOWN setting: ``"extension_configs": {"weblog.figures": {}}``.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_AFTER_INLINE = 15  # pictures are made at 20, line breaks between blocks at 10


class Figures(Treeprocessor):
    """Turns the paragraphs in question into figures, wherever they stand."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for paragraph in list(root.iter("p")):
            picture = lone_picture(paragraph)
            if picture is not None and picture.get("title", "").strip():
                _make_figure(paragraph, picture)


class FiguresExtension(Extension):
    """Adds `Figures` to a Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Run after the pictures are made."""
        md.treeprocessors.register(Figures(md), "figures", _AFTER_INLINE)


def makeExtension(**options: Any) -> FiguresExtension:  # noqa: N802 - Markdown's own name
    """The extension, as Markdown asks a module for it."""
    return FiguresExtension(**options)


def lone_picture(paragraph: Element) -> Element | None:
    """The picture that is all there is in a paragraph, perhaps within a link."""
    child = _only_child(paragraph)
    if child is not None and child.tag == "a":
        child = _only_child(child)
    return child if child is not None and child.tag == "img" else None


def _only_child(element: Element) -> Element | None:
    children = list(element)
    has_words = (element.text or "").strip() or any((each.tail or "").strip() for each in children)
    return children[0] if len(children) == 1 and not has_words else None


def _make_figure(paragraph: Element, picture: Element) -> None:
    caption = SubElement(paragraph, "figcaption")
    caption.text = picture.attrib.pop("title")
    paragraph.tag = "figure"
