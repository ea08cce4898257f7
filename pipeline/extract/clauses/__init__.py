"""Who orders, acts, helps, is told and receives in a passage: clauses, and the roles that they give."""
