"""What all plans of the store say together, each on a page that can be linked, printed and taken away as a file."""
