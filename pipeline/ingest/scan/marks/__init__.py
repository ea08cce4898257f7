"""What stands on the picture of a page and is no text: codes for machines."""
