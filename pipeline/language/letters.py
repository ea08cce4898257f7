"""The letters of Vietnamese."""

from __future__ import annotations

import re

# A letter that only Vietnamese has: ă â đ ê ô ơ ư with marks, and every marked vowel that is not in Latin-1.
VIETNAMESE_LETTER = re.compile("[ăđơưĂĐƠƯĩũĨŨ\u1ea0-\u1ef9]")
