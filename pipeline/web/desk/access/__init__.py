"""Who may write at the desk, and how often."""

from pipeline.web.desk.access.keys import WriteKey, is_loopback, key_in
from pipeline.web.desk.access.pace import Pace

__all__ = ["Pace", "WriteKey", "is_loopback", "key_in"]
