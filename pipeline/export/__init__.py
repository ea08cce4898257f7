"""Plans and stores of plans in the formats of other programs."""
