"""Letters that were lost on the way, of which a sign is left ("Th?c hi?n")."""
