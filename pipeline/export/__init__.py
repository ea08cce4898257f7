"""Plans in the forms other programs read; each a pure function of the contract."""
