"""Agencies in a text and their roles."""
