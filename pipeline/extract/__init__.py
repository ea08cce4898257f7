"""Outline -> Plan: agencies in their roles, deadlines, targets, each tied to its place."""

from pipeline.extract.plan import extract

__all__ = ["extract"]
