"""The version of the contract. A field added compatibly raises the minor number, anything else the major one."""

from typing import Final

SCHEMA_VERSION: Final = "1.1"
