"""Writing plans, and what a store holds of them, in the formats of other programs."""
