"""What stands in a PDF and is not to be read: what nobody sees, what is struck out, replacements that lie."""
