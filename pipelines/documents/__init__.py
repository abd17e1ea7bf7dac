"""What is on the page: any file format in, one :class:`~pipelines.documents.model.Document` out.

Belongs here: reading file formats, finding paragraphs and tables, joining tables that run over pages, and keeping
a hostile file from harming a load. Does not belong here: anything about accounting; this package does not know what
a budget is.
"""
