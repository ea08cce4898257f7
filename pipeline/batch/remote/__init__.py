"""Documents and outputs at addresses of fsspec (`s3://bucket/plans`), by way of folders on this machine.

Inputs are fetched into a folder of the cache, where they stay, and only what changed is fetched again; so the journal,
names, archives and doubles are those of a run over that folder. Outputs are written into a folder of the cache, the
journal with them, and put to their address as they are done: each file whole, the JSON last. What an address needs of
secrets comes from where its package looks for it (for S3: AWS_ACCESS_KEY_ID, ~/.aws, a role); none is printed.
"""

from pipeline.batch.remote.addresses import is_address, local_place, shown_address
from pipeline.batch.remote.courier import Courier, courier

__all__ = ["Courier", "courier", "is_address", "local_place", "shown_address"]
