"""Roman numerals on the pictures of pages: which letters are printed, and where they are looked at."""
