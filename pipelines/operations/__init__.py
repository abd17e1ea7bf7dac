"""What those do who keep an installation running: look whether it is sound (``doctor``), throw away what nothing needs
(``cleaning``).

Does not belong here: loads (``pipelines.stages``), earlier published files (``pipelines.warehouse.versions``).
"""
