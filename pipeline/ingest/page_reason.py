"""Why a page was read as it was, in the words that stand in the plan."""

from __future__ import annotations

from enum import StrEnum


class PageReason(StrEnum):
    """What is said of a page as a whole; a doubt about its text layer says more, in words of its own."""

    TEXT_LAYER = "the page has a text layer"
    WITH_PICTURES = "the page has a text layer; pictures of text on it were read"
    NO_TEXT = "the page has no text"
    UNREADABLE = "the page cannot be read"
    PICTURE = "the page is a picture"
    DRAWN = "the page has no text but something is drawn on it"
    BLANK = "the page is blank"
    UNREAD_PICTURE = "its picture cannot be read"
    UNDECODED = "its picture cannot be decoded"
