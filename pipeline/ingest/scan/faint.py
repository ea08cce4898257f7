"""Faint print made dark: what a copier short of toner or carbon paper left pale.

All that follows tells ink by its depth below the paper (`INK`), and print that is paler is lost in silence: of a table
whose ink was half as dark as usual no row was read right, of one with less nothing. On 96 pages of 32 real scans the
darkest point of a letter lay 180 levels and more below the paper; of what shines through from the back, seals, the pale
marks of publishers and dust no page had more than 9 that stood beside another on one level, the faint table has 120.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.pdf.frame import Integers

SEEN = 40  # grey levels below the paper: what is paler is its grain, or shines through
FAINT = (55, 150)  # grey levels below the paper of the darkest point of a faint letter
DARK = 200  # what it is made
HEIGHT = (8.0, 60.0)  # pixels: letters lower or higher than this are none
FILLED = 0.12  # of its box: how much of it a letter fills
ENOUGH = 24  # letters: with fewer faint ones beside another on one level a page has none
NEXT, LEVEL = 1.2, 0.3  # times the letters' height: how near the next one stands, and how far off its level
AROUND = 1.0  # times the letters' height: what is as near to faint print, its rules and its marks, is faint as well
REACH = 0.5  # times the letters' height: how far the darkness of a stroke is felt
GRAIN = 0.6  # pixels of blur: with the print its noise is made darker


def darkened(grey: NDArray[np.uint8], light: int) -> tuple[NDArray[np.uint8], bool]:
    """Make the faint print of a page as dark as print is; a page without is left as it is.

    Args:
        grey: the page, of shape (height, width), its light levelled and its stains taken out.
        light: the grey level of its paper.

    Returns:
        The page, and whether it has faint print.
    """
    depth = np.asarray(cv2.subtract(np.full_like(grey, light), grey), np.uint8)
    peak = np.asarray(cv2.blur(depth, (2, 2)), np.uint8)  # a grain of noise is no stroke
    faint, height = _faint_letters(depth, peak)
    if _in_lines(faint, height) < ENOUGH:
        return grey, False
    near = np.zeros_like(grey)
    reach = round(AROUND * height)
    for x, y, wide, high in faint.tolist():
        near[max(0, y - reach) : y + high + reach, max(0, x - reach) : x + wide + reach] = 1
    side = 2 * round(REACH * height) + 1
    darkest = cv2.dilate(peak, np.ones((side, side), np.uint8))
    least, most = FAINT
    pale = (near > 0) & (darkest >= least) & (darkest < most)
    gain = np.where(pale, DARK / np.maximum(darkest, least).astype(np.float32), np.float32(1))
    gain = cv2.blur(gain, (side, side))
    soft = np.where(pale, cv2.GaussianBlur(depth, (0, 0), GRAIN), depth)
    return np.where(gain > 1, np.clip(light - soft * gain, 0, 255), grey).astype(np.uint8), True


def _in_lines(letters: Integers, height: float) -> int:
    """How many letters have a next one on their level; those around a seal and in a mark of a publisher are few."""
    order = letters[np.argsort(letters[:, 0], kind="stable")]
    right, foot = order[:, 0] + order[:, 2], order[:, 1] + order[:, 3]
    count = 0
    for at in range(len(order)):
        last = int(np.searchsorted(order[:, 0], right[at] + NEXT * height, side="right"))
        count += bool((np.abs(foot[at + 1 : last] - foot[at]) <= LEVEL * height).any())
    return count


def _faint_letters(depth: NDArray[np.uint8], peak: NDArray[np.uint8]) -> tuple[Integers, float]:
    """The boxes (left, top, width, height) of faint letters, and how high they are."""
    seen = depth > SEEN
    count, labels, stats, _ = cv2.connectedComponentsWithStats(seen.view(np.uint8), connectivity=8)
    wide, high, area = (stats[:, at] for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    least, most = HEIGHT
    letters = (high >= least) & (high <= most) & (wide <= 3 * high) & (area >= FILLED * wide * high)
    letters[0] = False
    darkest = np.zeros(count, np.uint8)
    np.maximum.at(darkest, np.asarray(labels, np.intp)[seen], peak[seen])
    faint = letters & (darkest >= FAINT[0]) & (darkest < FAINT[1])
    return np.asarray(stats[faint, :4]), float(np.median(high[faint])) if faint.any() else 0.0
