"""What converters did to lists and lines: several run together, marks that were lost."""
