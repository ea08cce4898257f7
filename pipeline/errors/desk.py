"""What the desk of `kehoach serve` says when it cannot do what a browser or a program asks."""

from __future__ import annotations

from pipeline.errors.base import KehoachError, WrongUsageError


class AddressError(KehoachError):
    """Nothing can listen at the address; `reason`."""

    code = "E751"


class NotServedError(KehoachError):
    """There is nothing of that name: no plan, page or picture."""

    code = "E752"


class RequestRefusedError(KehoachError):
    """The request does not come from a page of the desk, or asks for another host; `reason`."""

    code = "E753"


class RequestTooLargeError(KehoachError):
    """The body of the request is longer than `limit` KiB."""

    code = "E754"


class ValueChangedError(KehoachError):
    """The value is no longer as it was shown: somebody corrected it, or the document was read anew."""

    code = "E755"


class EntryError(KehoachError):
    """What was typed for the field `field` is nothing that stands there; `typed`."""

    code = "E756"


class PageNotDrawnError(KehoachError):
    """The picture of a page cannot be drawn; `reason`."""

    code = "E757"


class ChartNotDrawnError(KehoachError):
    """No picture can be made of a drawing; `reason`."""

    code = "E763"


class ChartsBusyError(KehoachError):
    """As many pictures are being made as are made at once; one more is taken in `seconds`."""

    code = "E764"


class RequestFormError(KehoachError):
    """A parameter of the request has a value that it cannot have; `problem`."""

    code = "E758"


class ReadOnlyDeskError(KehoachError):
    """The desk is reached over a network, and was started without a token for those who write."""

    code = "E759"


class WrongTokenError(KehoachError):
    """What was typed is not the token for those who write."""

    code = "E760"


class TooManyRequestsError(KehoachError):
    """One more is taken in `seconds` only."""

    code = "E761"


class ShortTokenError(WrongUsageError):
    """The token in a file has fewer than `least` signs."""

    code = "E762"
