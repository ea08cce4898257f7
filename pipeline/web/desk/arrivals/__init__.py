"""Documents that come to the desk: taken in, named, and read by the batch."""

from pipeline.web.desk.arrivals.documents import Arrivals, Came

__all__ = ["Arrivals", "Came"]
