"""Comparing two plans: which targets, objectives and tasks agree, differ, or stand in one of them only."""

from pipeline.compare.comparing import compare
from pipeline.compare.model import COMPARISON_VERSION, Comparison, comparison_json
from pipeline.compare.report import KINDS, render

__all__ = ["COMPARISON_VERSION", "KINDS", "Comparison", "compare", "comparison_json", "render"]
