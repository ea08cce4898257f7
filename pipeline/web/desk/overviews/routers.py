"""All that answers for the overviews: pages, files and the API."""

from pipeline.web.desk.overviews import deadlines, partners, places, programs, targets, versions

ROUTERS = (
    programs.router, deadlines.router, targets.router, partners.router, places.router, versions.router,
)  # fmt: skip
