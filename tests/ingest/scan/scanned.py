"""Scanned pages made on the spot from the one in tests/data."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image

from pipeline.document import Document
from pipeline.ingest import ingest
from pipeline.settings import Settings

DATA = Path(__file__).parents[2] / "data"
GARBAGE = "UY BAN NHAN DAN thwe hién Chuong trinh xir 1y ciia cac co quan k¥ niing phdi hop voi dé\\y th6ng tin " * 3
PRINTED = "phục vụ học tập suốt đời"


def read(path: Path, **settings: object) -> Document:
    return ingest(path, Settings(cache="off", **settings))  # type: ignore[arg-type]


def paper(
    path: Path,
    pictures: list[Image.Image],
    layer: str = "",
    size: tuple[float, float] = (595.0, 384.0),
    change: Callable[[bytes], bytes] = lambda data: data,
) -> Path:
    """A PDF with a picture a page, and `layer` as invisible text over each."""
    made = pikepdf.new()
    for picture in pictures:
        held = io.BytesIO()
        picture.convert("RGB").save(held, "JPEG", quality=80)
        page = made.add_blank_page()
        page.mediabox = pikepdf.Array([0, 0, *size])
        image = pikepdf.Stream(made, change(held.getvalue()))
        image.Type, image.Subtype, image.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
        image.Width, image.Height, image.BitsPerComponent = *picture.size, 8
        image.ColorSpace = pikepdf.Name.DeviceRGB
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        font.Encoding = pikepdf.Name.WinAnsiEncoding
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im=image), Font=pikepdf.Dictionary(F=made.make_indirect(font))
        )
        rows = [layer[at : at + 90] for at in range(0, len(layer), 90)]
        text = "".join(f"({row})' ".replace("\\", "\\\\") for row in rows)
        content = f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im Do Q BT 3 Tr /F 10 Tf 20 TL 30 {size[1] - 20} Td {text} ET"
        page.Contents = made.make_stream(content.encode("cp1252"))
    made.save(path)
    return path
