"""Words of an export as the HTML that is kept: converted, arranged, flattened, sanitised."""

from __future__ import annotations

from comment_archive import sanitise
from comment_archive.arranging import references
from comment_archive.arranging.index import Index
from comment_archive.arranging.media import Media
from comment_archive.arranging.references import Text
from comment_archive.markup import breaks, forms, nesting
from comment_archive.model import Words


def kept(words: Words, text: Text, index: Index, media: Media) -> str:
    """The words as sanitised HTML of a comment or a post."""
    if not words.text.strip():
        return ""
    html = sanitise.rough(forms.html(words))
    if words.form == "lines":
        html = breaks.paragraphed(html)
    html = nesting.flattened(references.arranged(html, text, index, media))
    return sanitise.comment(html) if text.is_comment else sanitise.entry(html)
