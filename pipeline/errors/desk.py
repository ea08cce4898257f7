"""What the desk of `kehoach serve` says when it cannot do what a browser or a program asks."""

from __future__ import annotations

from pipeline.errors.base import KehoachError


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


class RequestFormError(KehoachError):
    """A parameter of the request has a value that it cannot have; `problem`."""

    code = "E758"
