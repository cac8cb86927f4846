"""The picture of a card that README shows: `python tests/card_picture.py` makes it anew.

A real card of the demo, as a wide screen shows it in light, two pixels a point. Its colours
are few, so a palette keeps it small.
"""

from __future__ import annotations

import base64
import struct
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import browser as browsers
import demo
from server import serving

POST, CARD = "the-busiest-day-was-a-monday", 0
FILE = demo.ROOT / "docs" / "card.png"
COLOURS, APART = 5, 50  # how many are kept, and how far from one another they are
AROUND = 16  # points of paper on each side
# what the browser knows of its own picture: its size, its most frequent colours, and for each
# point the nearest of them
POINTS = """
async ([picture, most, apart]) => {
  const drawn = await createImageBitmap(await (await fetch(picture)).blob());
  const ink = new OffscreenCanvas(drawn.width, drawn.height).getContext("2d");
  ink.drawImage(drawn, 0, 0);
  const {data} = ink.getImageData(0, 0, drawn.width, drawn.height), counted = new Map();
  const colour = at => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
  const far = (a, b) => Math.hypot(...[16, 8, 0].map(n => (a >> n & 255) - (b >> n & 255)));
  for (let at = 0; at < data.length; at += 4)
    counted.set(colour(at), (counted.get(colour(at)) ?? 0) + 1);
  const kept = [];
  for (const [one] of [...counted].sort((a, b) => b[1] - a[1] || a[0] - b[0]))
    if (kept.length < most && kept.every(other => far(one, other) >= apart)) kept.push(one);
  const nearest = new Map([...counted.keys()].map(one => [one,
    kept.reduce((best, _, at) => far(one, kept[at]) < far(one, kept[best]) ? at : best, 0)]));
  let letters = "";
  for (let at = 0; at < data.length; at += 4)
    letters += String.fromCharCode(nearest.get(colour(at)));
  return [drawn.width, drawn.height, kept, btoa(letters)];
}
"""


def main() -> int:
    """Writes the picture and says how large it is."""
    with TemporaryDirectory() as aside:
        out = demo.built(Path(aside) / "site")
        with serving(out) as home, browsers.opened() as browser:
            FILE.write_bytes(picture(browser, home, next(out.glob(f"*/*/{POST}")).relative_to(out)))
    print(f"{FILE.relative_to(demo.ROOT)}: {FILE.stat().st_size} bytes")
    return 0


def picture(browser, home: str, place: Path) -> bytes:
    """The card as a PNG."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=2)
    page.goto(f"{home}/{place.as_posix()}/", wait_until="networkidle")
    box = page.locator("section.insight").nth(CARD).bounding_box()
    clip = {"x": box["x"] - AROUND, "y": box["y"] - AROUND}
    clip |= {"width": box["width"] + 2 * AROUND, "height": box["height"] + 2 * AROUND}
    shot = page.screenshot(clip=clip, full_page=True, animations="disabled")
    page.goto("about:blank")  # the card's own page lets no script fetch anything
    address = f"data:image/png;base64,{base64.b64encode(shot).decode()}"
    width, height, colours, letters = page.evaluate(POINTS, [address, COLOURS, APART])
    return png(width, height, colours, base64.b64decode(letters))


def png(width: int, height: int, colours: list[int], points: bytes) -> bytes:
    """A PNG of at most 16 colours, two points a byte."""
    assert len(colours) <= 16
    assert width % 2 == 0
    pairs = bytes(left << 4 | right for left, right in zip(points[::2], points[1::2], strict=True))
    wide = width // 2
    rows = b"".join(b"\0" + pairs[at : at + wide] for at in range(0, len(pairs), wide))
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0),
        b"PLTE": b"".join(colour.to_bytes(3, "big") for colour in colours),
        b"IDAT": zlib.compress(rows, 9),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(piece(kind, data) for kind, data in parts.items())


def piece(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG: its length, kind, data and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    sys.exit(main())
