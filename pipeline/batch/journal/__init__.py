"""The journal of a folder of outputs: what was read, what with, and what became of it.

An SQLite file in the folder. A document is written down once its outputs lie there, so that whatever was not written
down is read again. A file that the system says to be the same (size, times, inode) is not hashed again.
"""

from pipeline.batch.journal.file import FILE
from pipeline.batch.journal.keeping import OF_THE_PLACE, Journal, open_journal
from pipeline.batch.journal.results import RunResults, read_journal, result_of

__all__ = ["FILE", "OF_THE_PLACE", "Journal", "RunResults", "open_journal", "read_journal", "result_of"]
