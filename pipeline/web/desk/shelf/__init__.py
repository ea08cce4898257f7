"""The plans of a folder of outputs, as the inbox lists them and a review opens them."""

from pipeline.web.desk.shelf.plans import STATES, ShelvedPlan, State, failure, plain, stamp_of
from pipeline.web.desk.shelf.shelving import OpenPlan, Shelf

__all__ = ["STATES", "OpenPlan", "Shelf", "ShelvedPlan", "State", "failure", "plain", "stamp_of"]
