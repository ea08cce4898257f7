"""How cases write a deadline."""


def said(one):
    """Kind, first and last day, recurrence: those that there are."""
    return " ".join(str(part) for part in (one.kind, one.first, one.last, one.recurrence) if part is not None)
