"""How cases write a deadline."""


def said(one):
    """Kind, first and last day, recurrence: those that there are; "words" and "no such day" where it is no date."""
    if one.kind is None:
        return "no such day" if one.no_such_day else "words"
    return " ".join(str(part) for part in (one.kind, one.first, one.last, one.recurrence) if part is not None)
