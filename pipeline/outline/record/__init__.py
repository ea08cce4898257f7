"""The record of a document: what its head and its foot say of it."""
