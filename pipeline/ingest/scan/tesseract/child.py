"""A program that reads pictures with tesserocr, one after another, until its input ends or nobody asks any more.

Started by `pool` by its path, so that nothing of ours and nothing heavy is loaded: FOLDER LANGUAGE ENGINE.
Standard input: a line of JSON with what is asked (`width`, `height` and `depth`, the bytes to a pixel; `dpi`, `layout`,
`hocr`, `seconds`), then the picture's bytes. Standard output, first for being ready and then for each picture: a line
of JSON with `size` and `failed`, then so many bytes in UTF-8.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import Any, BinaryIO

assert sys.platform != "win32"  # `pool` starts none there: it could not wait for its input

IDLE_SECONDS = 20  # after which it ends by itself; a new one takes a tenth of a second
GRACE_SECONDS = 5  # the alarm is for what not even the look at the parent ends
LOOK_SECONDS = 0.2  # between two looks whether the parent is there


def main(folder: str, language: str, engine: str) -> None:
    """Answer requests on standard input.

    Args:
        folder: of the trained data.
        language: of the trained data.
        engine: Tesseract's --oem.
    """
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no answer
    api = None
    try:
        import tesserocr

        api = tesserocr.PyTessBaseAPI(path=folder, lang=language, oem=int(engine))
        ready, failed = tesserocr.tesseract_version(), False
    except Exception as error:
        ready, failed = str(error), True
    _answer(out, ready, failed)
    asked = sys.stdin.buffer
    while api is not None and select.select([asked], [], [], IDLE_SECONDS)[0]:
        line = asked.readline()
        if not line:
            return
        about = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, about["seconds"] + GRACE_SECONDS)
        picture = asked.read(about["width"] * about["height"] * about["depth"])
        try:
            found, failed = _read(api, picture, about), False
        except Exception as error:
            found, failed = str(error) or type(error).__name__, True
        _answer(out, found, failed)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _end_with_parent(parent: int) -> None:
    """End when the parent has; the kernel's signal for it would come when the thread that started us ends."""
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


def _read(api: Any, picture: bytes, about: dict[str, Any]) -> str:
    # Without a second look at the page in white on black: the same text a sixth faster, measured on real scans.
    api.SetVariable("tessedit_do_invert", "0")
    api.SetVariable("user_defined_dpi", str(about["dpi"]))
    api.SetPageSegMode(about["layout"])
    width, depth = about["width"], about["depth"]
    api.SetImageBytes(picture, width, about["height"], depth, width * depth)
    try:
        if not api.Recognize():
            raise RuntimeError("the picture cannot be read")
        return str(api.GetHOCRText(0) if about["hocr"] else api.GetUTF8Text())
    finally:
        api.Clear()
        api.ClearAdaptiveClassifier()  # no page is to be read otherwise because of the one before


def _answer(out: BinaryIO, text: str, failed: bool) -> None:
    data = text.encode()
    out.write(json.dumps({"size": len(data), "failed": failed}).encode() + b"\n" + data)
    out.flush()


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(*sys.argv[1:])
