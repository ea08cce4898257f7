"""Words that a rule is drawn through."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.ingest.pdf.glyphs import Glyphs, Mask
from pipeline.ingest.pdf.rules import Edge

THROUGH = (0.12, 0.45)  # em above the baseline: where a rule strikes letters out
STRUCK = 0.85  # of a rule: it is drawn through letters where they take up so much of it
ENDS = 0.5  # em: it begins and ends with them
MAX_RULES = 1000  # level rules of a page: more are a drawing


def struck_out(text: Glyphs, edges: Sequence[Edge]) -> Mask:
    """Find the characters that a rule is drawn through: level, through the middle of the letters, from word to word.

    Args:
        text: the characters of a page.
        edges: the rules of the page.

    Returns:
        A mask of shape (n,).
    """
    out = np.zeros(len(text.run), bool)
    level = [edge for edge in edges if edge.y0 == edge.y1]
    if not text.runs or not level or len(level) > MAX_RULES:
        return out
    own = np.flatnonzero(text.run >= 0)
    starts = own[np.flatnonzero(np.diff(text.run[own], prepend=-1))]
    sizes = np.array([run.size for run in text.runs])
    low, high = sizes * THROUGH[0], sizes * THROUGH[1]
    rise = text.base_y[starts][None, :] - np.array([edge.y0 for edge in level])[:, None]
    for at in np.flatnonzero(((rise >= low[text.run[starts]]) & (rise <= high[text.run[starts]])).any(axis=1)).tolist():
        edge = level[at]
        middle = (text.x0 + text.x1) / 2
        rises = text.base_y - edge.y0
        through = (text.run >= 0) & (rises >= low[text.run]) & (rises <= high[text.run])
        through &= (middle >= edge.x0) & (middle <= edge.x1)
        if not through.any():
            continue
        em = float(sizes[text.run[through]].max())
        first, last = float(text.x0[through].min()), float(text.x1[through].max())
        covered = float((text.x1 - text.x0)[through].sum())
        ends = abs(first - edge.x0) <= ENDS * em and abs(last - edge.x1) <= ENDS * em
        if ends and covered >= STRUCK * (edge.x1 - edge.x0) and covered >= em / 2:
            out |= through
    return out
