"""Which elements of the outline are tasks or objectives, and what the headings above lend them."""
