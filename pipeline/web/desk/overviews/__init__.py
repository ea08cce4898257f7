"""What all plans of the store say together, each on a page that can be linked, printed and taken away as a file."""

from pipeline.web.desk.overviews import deadlines, partners, places, targets, versions

ROUTERS = (deadlines.router, targets.router, partners.router, places.router, versions.router)
"""What answers for these pages."""

__all__ = ["ROUTERS"]
