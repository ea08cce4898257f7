"""Corrections by people: a layer over what the machine read, kept beside it and never lost by reading anew."""

from pipeline.corrections.applying import Corrected, Outcome, apply, standing
from pipeline.corrections.files import append, corrections_file, read_corrections
from pipeline.corrections.finding import item_of, known_by

__all__ = [
    "Corrected",
    "Outcome",
    "append",
    "apply",
    "corrections_file",
    "item_of",
    "known_by",
    "read_corrections",
    "standing",
]
