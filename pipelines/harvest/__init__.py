"""The harvest: new files from the sites of publishers into the raw folder, unchanged, each with a note of its origin.

``raw/sources.yaml`` lists who publishes where (``sources``). Listing pages are looked through for attachments
(``pages``), each is fetched politely and only from public addresses (``client``, ``addresses``), judged by its content
and never by what the server calls it (``content``), and kept under ``raw/<region>/<department>/<year>/`` all or nothing
(``keeping``). Does not belong here: reading what was fetched. A folder that people drop files into works as well: the
load looks at files only.
"""

from pipelines.harvest.running import Harvested, harvest
from pipelines.harvest.sources import SourcesError

__all__ = ["Harvested", "SourcesError", "harvest"]
