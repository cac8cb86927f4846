"""How far two colours stand apart, as WCAG 2 reckons it."""

from __future__ import annotations

Colour = tuple[int, int, int]

FOR_TEXT, FOR_SHAPES = 4.5, 3.0


def ratio(one: Colour, other: Colour) -> float:
    """The contrast of two opaque colours, 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    """Relative luminance of an sRGB colour, 0 to 1."""
    red, green, blue = (linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    """One sRGB channel as light."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def from_hex(text: str) -> Colour:
    """The colour of #rgb or #rrggbb."""
    digits = text.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue
