"""A worker process seen from its parent: what it answers, what it and all that it started hold."""
