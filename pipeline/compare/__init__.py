"""Comparing two plans: which targets, objectives and tasks agree, differ, or stand in one of them only."""

from pipeline.compare.comparing import compare
from pipeline.compare.model import COMPARISON_VERSION, PlanComparison, comparison_json
from pipeline.compare.report import KINDS, render

__all__ = ["COMPARISON_VERSION", "KINDS", "PlanComparison", "compare", "comparison_json", "render"]
