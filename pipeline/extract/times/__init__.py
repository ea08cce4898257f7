"""Times in a text: points, deadlines, and the cells of time columns."""
