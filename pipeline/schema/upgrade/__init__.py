"""Plans of contract 1.0 and 1.1 as plans of 2.0, without reading the document again."""

from pipeline.schema.upgrade.knowledge import Knowledge
from pipeline.schema.upgrade.upgrading import UPGRADED, UpgradeRefusedError, read_json, upgrade

__all__ = ["UPGRADED", "Knowledge", "UpgradeRefusedError", "read_json", "upgrade"]
