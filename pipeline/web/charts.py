"""Charts as SVG or PNG, drawn on the server by lets-plot: shapes and numbers tell apart, never a colour alone."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import BoundedSemaphore, Lock
from typing import Any, Final, Literal

from pipeline.errors import ChartNotDrawnError, ChartsBusyError
from pipeline.extras import require

_ONE_AT_A_TIME: Final = Lock()  # the library keeps what it draws in one place
_PNGS: Final = BoundedSemaphore(2)  # each is made by a process of its own
_PNG_AGAIN: Final = 3  # seconds in which one of them is done
_ID: Final = re.compile(r'\bid="([^"]+)"')
_WIDTH, _ROW, _FRAME = 1200, 24, 90  # pixels: of the drawing, of a row, above and below the rows
_INK, _LINES = "#1f2328", "#c9c4b8"
_SHAPES: Final = (16, 17, 15, 18, 1, 2, 0, 5)  # ● ▲ ■ ◆ and the same hollow
_LABEL: Final = 84  # characters
_PNG_SECONDS: Final = 30
_PNG: Final = "import pickle, sys; pickle.load(sys.stdin.buffer).to_png(sys.stdout.buffer, scale=2)"
"""What draws a plot as PNG: it takes a second and more, in which nothing else of its process goes on."""

ChartForm = Literal["svg", "png"]


@dataclass(frozen=True)
class TimelineRow:
    """What is to be done: its days, first and last of each time; whether it comes again."""

    label: str
    spans: tuple[tuple[date, date], ...]
    recurs: bool


@dataclass(frozen=True)
class Dot:
    """A figure of a row; `group` says which shape it has, `said` stands beside it."""

    row: str
    value: float
    group: str
    said: str


def timeline(
    rows: Sequence[TimelineRow], first: date, last: date, once: str, again: str, form: ChartForm = "svg"
) -> bytes:
    """Draw when things are due, a row each, from above.

    Args:
        rows: the rows.
        first: the first day of the drawing.
        last: its last day.
        once: what a deadline that comes once is called.
        again: what one that comes again is called.
        form: as what.

    Raises:
        ChartNotDrawnError: no PNG can be made of it.
        ChartsBusyError: as many are being made as may be.
    """
    lp = require("lets_plot", "SVG")
    marks: dict[str, list[Any]] = {"y": [], "from": [], "to": [], "kind": []}
    for at, row in enumerate(rows):
        for start, due in row.spans:
            marks["y"].append(-at)
            marks["from"].append(_noon(max(start, first)))
            marks["to"].append(_noon(due))
            marks["kind"].append(again if row.recurs else once)
    months = [day for day in (first + timedelta(days=at) for at in range((last - first).days + 1)) if day.day == 1]
    plot = (
        lp.ggplot(marks, lp.aes(y="y"))
        + lp.geom_segment(lp.aes(x="from", xend="to", yend="y"), color=_INK, size=1.2)
        + lp.geom_point(lp.aes(x="to", shape="kind"), color=_INK, size=4)
        + lp.scale_shape_manual(values=list(_SHAPES), breaks=[once, again])
        + lp.scale_x_continuous(
            breaks=[_noon(one) for one in months],
            labels=[f"{one:%m}" for one in months],
            limits=[_noon(first), _noon(last)],
            expand=[0.01, 0],
        )
        + _rows([row.label for row in rows])
    )
    return _drawn(plot + _look(lp) + lp.labs(x="", y="", shape=""), len(rows), form)


def dots(found: Sequence[Dot], unit: str, form: ChartForm = "svg") -> bytes:
    """Draw figures on a line for each row, in the order in which rows come first; `unit` stands below.

    Raises:
        ChartNotDrawnError: no PNG can be made of it.
        ChartsBusyError: as many are being made as may be.
    """
    lp = require("lets_plot", "SVG")
    rows = list(dict.fromkeys(one.row for one in found))
    groups = sorted({one.group for one in found})
    marks = {
        "y": [-rows.index(one.row) for one in found],
        "x": [one.value for one in found],
        "group": [one.group for one in found],
    }
    said: dict[tuple[str, float], list[str]] = {}  # where several stand at one place, beside each other
    for one in found:
        said.setdefault((one.row, one.value), []).append(one.said)
    words = {
        "y": [-rows.index(row) for row, _ in said],
        "x": [value for _, value in said],
        "said": ["; ".join(dict.fromkeys(some)) for some in said.values()],
    }
    plot = (
        lp.ggplot(marks, lp.aes("x", "y"))
        + lp.geom_point(lp.aes(shape="group"), color=_INK, size=4)
        + lp.geom_text(lp.aes(label="said"), data=words, nudge_y=0.32, size=5.2, color=_INK)
        + lp.scale_shape_manual(values=[_SHAPES[at % len(_SHAPES)] for at in range(len(groups))], breaks=groups)
        + lp.scale_x_continuous(expand=[0.05, 0])
        + _rows(rows)
    )
    return _drawn(plot + _look(lp) + lp.labs(x=unit, y="", shape=""), len(rows), form)


def _noon(day: date) -> float:
    """Milliseconds since 1970, as the library has times; noon, so that no zone makes it another day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000


def _rows(labels: Sequence[str]) -> Any:
    lp = require("lets_plot", "SVG")
    places = [-at for at in range(len(labels))]
    said = [one if len(one) <= _LABEL else f"{one[: _LABEL - 1].rstrip()}…" for one in labels]
    return lp.scale_y_continuous(breaks=places, labels=said, limits=[-len(labels) + 0.4, 0.6], expand=[0, 0])


def _look(lp: Any) -> Any:
    return lp.theme_minimal() + lp.theme(
        legend_position="top",
        panel_grid_major=lp.element_line(color=_LINES, size=0.5),
        panel_grid_minor="blank",
        plot_background=lp.element_rect(fill="white", color="white"),
        text=lp.element_text(color=_INK),
        axis_text=lp.element_text(color=_INK, size=12),
    )


def _drawn(plot: Any, rows: int, form: ChartForm) -> bytes:
    """The drawing; the same for the same values: its ids in SVG, which are drawn by lot, are counted instead."""
    lp = require("lets_plot", "SVG")
    sized = plot + lp.ggsize(_WIDTH, _FRAME + _ROW * max(rows, 3))
    if form == "png":
        return _png(sized)
    with _ONE_AT_A_TIME:
        drawn = sized.to_svg()
    counted: Mapping[str, str] = {one: f"k{at}" for at, one in enumerate(dict.fromkeys(_ID.findall(drawn)))}
    found = re.compile("|".join(map(re.escape, sorted(counted, key=len, reverse=True))) or "(?!)")
    return found.sub(lambda one: counted[one.group()], str(drawn)).encode()


def _png(plot: Any) -> bytes:
    line = [sys.executable, "-P", "-c", _PNG]
    if not _PNGS.acquire(blocking=False):  # who waited would hold a thread that answers others
        raise ChartsBusyError(file="PNG", seconds=_PNG_AGAIN)
    try:
        made = subprocess.run(line, input=pickle.dumps(plot), capture_output=True, timeout=_PNG_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ChartNotDrawnError(file="PNG", reason=type(error).__name__) from error
    finally:
        _PNGS.release()
    if made.returncode or not made.stdout:
        said = made.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise ChartNotDrawnError(file="PNG", reason=said[:200] or str(made.returncode))
    return made.stdout
