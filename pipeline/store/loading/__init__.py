"""Loading plans into the store, and telling their versions."""
