"""Whether the text of a table's cells runs up or down the picture, told from its ink: before anything is read.

A page that holds a table alone has no line outside of it that would say so, and its cells give nonsense.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.ingest.scan.picture import INK, Picture

THIN, LONG = 1.6, 2.0  # em, and times as long: a line of text is no wider, and runs along its longer side
WHITE = 1.5  # times the white: between lines there is more of it than across them
ASIDE = 3.0  # times the ink: what says that the text runs up or down outweighs the rest


def runs_up_or_down(cuts: Iterable[Picture], light: int, em: float) -> bool:
    """Tell whether most text runs up or down.

    Args:
        cuts: the cells, each as small as its ink, grey.
        light: the grey level of the paper.
        em: the size of the type in pixels.
    """
    level = upright = 0
    for cut in cuts:
        ink = cut < light - INK
        high, wide = ink.shape
        if min(high, wide) <= THIN * em:
            along, across = wide >= LONG * high, high >= LONG * wide
        else:
            rows, columns = (float((~ink.any(axis=axis)).mean()) for axis in (1, 0))
            along, across = rows > WHITE * columns, columns > WHITE * rows
        level += int(ink.sum()) * along
        upright += int(ink.sum()) * across
    return upright > ASIDE * level
