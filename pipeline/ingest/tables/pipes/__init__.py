"""Pipe tables: rows whose cells stand between bars, in Markdown, grids and plain text."""
