"""Pictures as PNG files, for those who want one to show: drawn by the same engine and with the same fonts as paper."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import as_file, files

from enbloc.present.drawing import Picture
from enbloc.present.glyphs import printable

_PER_INCH = 144.0
_PAGES = """
#set page(width: 320pt, height: auto, margin: 0pt)
#for (nth, one) in json(bytes(sys.inputs.pictures)).enumerate() {
  if nth > 0 { pagebreak() }
  image(bytes(one), format: "svg", width: 100%)
}
"""


def pngs(pictures: Iterable[Picture]) -> tuple[bytes, ...]:
    """Each picture as a PNG file, 640 pixels wide; the same pictures give the same bytes."""
    import typst

    drawn = [printable(one.svg) for one in pictures]
    if not drawn:
        return ()
    with as_file(files("enbloc.present").joinpath("fonts")) as folder:
        ours = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    made: bytes | list[bytes] = typst.compile(
        _PAGES.encode(),
        font_paths=ours,
        ignore_system_fonts=True,
        sys_inputs={"pictures": json.dumps(drawn, ensure_ascii=True)},
        format="png",
        ppi=_PER_INCH,
    )
    return (made,) if isinstance(made, bytes) else tuple(made)
