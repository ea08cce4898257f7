"""What is said of a run: at its end, in files, and in a log while it goes on."""
