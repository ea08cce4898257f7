"""What the cells of a row in a table say."""
