"""What the plans of a store say together: goals, who works with whom, provinces."""
