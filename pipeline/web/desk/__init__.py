"""The desk: plans by state, each beside its document to be reviewed, and the API; served by `kehoach serve`."""

from pipeline.web.desk.app import make_app

__all__ = ["make_app"]
