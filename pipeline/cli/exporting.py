"""The command that writes plans in the formats of others: export."""

from __future__ import annotations
