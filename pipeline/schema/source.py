"""The file a plan was read from, and what made the JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.schema.evidence import Box, ContractModel, Described


class RegionKind(Described):
    """What a region of a page holds that is no text."""

    STAMP = "stamp", "a stamp or seal"
    SIGNATURE = "signature", "a signature by hand, its picture, or the block that a digital one prints"
    HANDWRITING = "handwriting", "words or figures by hand"
    WATERMARK = "watermark", "a watermark"
    FIGURE = "figure", "a picture or drawing"


class Region(ContractModel):
    """A place on a page that holds no text to be read."""

    kind: RegionKind = Field(description="stamp, signature, handwriting, watermark or figure")
    box: Box = Field(description="[x0, y0, x1, y1] in the unit of the page")


class PageSource(ContractModel):
    """A page as it was read: its size, and how its text was had."""

    page: int = Field(ge=1, description="page number from 1")
    width: float | None = Field(
        description="of the page as displayed; null without pages and in a plan upgraded from 1.x"
    )
    height: float | None = Field(
        description="of the page as displayed; null without pages and in a plan upgraded from 1.x"
    )
    unit: Literal["pt", "px"] | None = Field(
        description="of width, height and every box of the page; null without pages. pt: points of 1/72 inch; "
        "px: pixels, turned as its EXIF says, of an image that does not say how large it is"
    )
    rotation: Literal[0, 90, 180, 270] = Field(
        description="degrees most text of the page, as displayed, is turned clockwise. 0: upright; 90: its lines "
        "run from top to bottom; 180: upside down; 270: from bottom to top"
    )
    text_origin: Literal["text_layer", "ocr", "restored_layer", "plain"] = Field(
        description="how its text was had. text_layer: from the file; ocr: read from the picture; restored_layer: from "
        "the file, which had it without accents or as another language; plain: from a format without pages"
    )
    reason: str = Field(description="why it was had that way")
    confidence: float | None = Field(description="mean confidence 0 to 1; null where nothing measures it")
    regions: list[Region] = Field(description="stamps, signatures and the like, as far as they were seen")


class Source(ContractModel):
    """The file a plan was read from."""

    file_name: str = Field(description="name without its folder")
    contained_in: str | None = Field(description="name of the mail or archive it came in")
    sha256: str = Field(description="of the file's bytes, hexadecimal")
    media_type: str = Field(description="by content, not by extension")
    page_count: int | None = Field(description="null where the format has no pages")
    pages: list[PageSource] = Field(description="one entry a page; one in all where the format has no pages")


class MadeBy(ContractModel):
    """What made the JSON; without a clock, so that the same input gives the same bytes."""

    program: Literal["kehoach"] = Field(description="kehoach: always, the program of that name")
    version: str = Field(description="of the program")
    model: str | None = Field(description="first 12 hexadecimal digits of the restoration model's SHA-256")
    settings: str | None = Field(
        description="first 12 hexadecimal digits of the SHA-256 of the settings that change what is read"
    )


class StatusValue(Described):
    """Whether a document is in force."""

    SIGNED = "signed", "signed by hand, by a name under the text, or digitally"
    DRAFT = "draft", "says itself that it is a draft (dự thảo)"
    UNKNOWN = "unknown", "nothing says which"


class Status(ContractModel):
    """Whether a document was signed."""

    value: StatusValue = Field(description="signed, draft or unknown; a serial or day left blank alone makes no draft")
    reason: str = Field(description="what says so, in English")
