"""How cases write a deadline."""


def said(one):
    """Kind, first and last day, recurrence, those that there are; else "no such day", "undated" or "words"."""
    if one.kind is None:
        return "no such day" if one.no_such_day else "undated" if one.undated else "words"
    return " ".join(str(part) for part in (one.kind, one.first, one.last, one.recurrence) if part is not None)
