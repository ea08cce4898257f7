"""Documents read by the machines of a Ray cluster: one process on each, which forks workers with limits there.

The run stays where it was begun: it takes documents from the journal, tells a machine the path of each, and writes what
comes back. Machines see the documents under the same paths, and have the same kehoach.
"""

from pipeline.batch.cluster.engine import cluster

__all__ = ["cluster"]
