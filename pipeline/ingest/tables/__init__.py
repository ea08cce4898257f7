"""Tables: with ruled lines, without upright ones, and as Markdown, HTML or plain text write them."""
