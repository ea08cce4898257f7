"""The version of the contract: a new field makes it 2.1, any other change 3.0."""

from typing import Final

SCHEMA_VERSION: Final = "2.0"
