"""kehoach: reads Vietnamese administrative plans and writes what they order, by whom and by when."""

__version__ = "0.2.0"
