"""Where sentences end in plain text, and how many words there are."""

from __future__ import annotations

import re

_END = re.compile(r"""[.!?…।؟]["'”’»)\]]*(?=\s|$)|[。！？][」』）”]*""")
# A full stop after these ends no sentence; nor does one after a single letter or a day's number.
_SHORT = frozenset(
    {"al", "bzw", "ca", "cf", "dr", "eg", "etc", "fig", "ie", "mr", "mrs", "ms", "no", "nr"}
    | {"op", "pp", "prof", "sr", "st", "usw", "vgl", "vol", "vs"}
)
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")  # Chinese and Japanese


def words(text: str) -> int:
    """The number of words; two characters count as one where words are not parted.

    >>> words("three short words"), words("統計の話")
    (3, 2)
    """
    dense = len(_NO_SPACES.findall(text))
    return len(_NO_SPACES.sub(" ", text).split()) + dense // 2


def ends(text: str) -> tuple[int, ...]:
    """Where each whole sentence ends, as a length of the text.

    >>> [text[:end] for text in ["Dr. No came. He left."] for end in ends(text)]
    ['Dr. No came.', 'Dr. No came. He left.']
    """
    return tuple(found.end() for found in _END.finditer(text) if _is_end(text, found))


def _is_end(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() :].lstrip()
    if after[:1].islower():
        return False
    if found[0] != ".":
        return True
    word = re.split(r"[\s(]", text[: found.start()])[-1].replace(".", "").lower()
    is_initial = len(word) == 1 and word.isalpha()
    is_ordinal = word.isdigit() and len(word) < 3 and bool(after)
    return not (is_initial or is_ordinal or word in _SHORT) or not after
