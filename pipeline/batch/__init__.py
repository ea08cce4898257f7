"""Reading many files: each in a process with limits, its result written whole or not at all."""

from pipeline.batch.collect import SourceFile, collect
from pipeline.batch.inbox import AGAIN_SECONDS, Inbox
from pipeline.batch.journal import Journal, RunResults, open_journal, read_journal
from pipeline.batch.outputs import left_over
from pipeline.batch.pool import Engine, read_all, work_alone
from pipeline.batch.process.answers import TEXT
from pipeline.batch.result import Failure, Figures, FileResult, Read
from pipeline.batch.running import Again, run_batch
from pipeline.batch.unpacking import unpacked

__all__ = [
    "TEXT",
    "AGAIN_SECONDS",
    "Again",
    "Engine",
    "Failure",
    "Figures",
    "FileResult",
    "Inbox",
    "Journal",
    "Read",
    "RunResults",
    "SourceFile",
    "collect",
    "left_over",
    "open_journal",
    "read_all",
    "read_journal",
    "run_batch",
    "unpacked",
    "work_alone",
]
