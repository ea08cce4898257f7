"""Passages: the words around agencies, times, figures and orders in sentences and cells."""

from pipeline.knowledge.passages.clauses import (
    CellWords,
    ContrastWords,
    DoubtWords,
    TaskWords,
    Use,
    cell_words,
    contrast_words,
    doubt_words,
    task_words,
    word_uses,
    words_that,
)
from pipeline.knowledge.passages.values import FigureWords, TimeWords, figure_words, time_words

__all__ = [
    "CellWords",
    "ContrastWords",
    "DoubtWords",
    "FigureWords",
    "TaskWords",
    "TimeWords",
    "Use",
    "cell_words",
    "contrast_words",
    "doubt_words",
    "figure_words",
    "task_words",
    "time_words",
    "word_uses",
    "words_that",
]
