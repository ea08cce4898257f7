"""Tables: with ruled lines, without upright ones, and in Markdown, HTML or plain text."""
