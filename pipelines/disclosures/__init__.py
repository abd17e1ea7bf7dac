"""What a document says in the field's terms: which paper it is, its forms, amounts and told figures.

Belongs here: recognising papers and forms by the declared catalogue, giving every number its meaning, reading figures
out of sentences. Does not belong here: file formats (``documents``), decisions that need more than one document
(``sql``), and whether the figures are right (``data_quality``). Nothing about a province lives in code: forms, lines,
columns and sentence patterns are data in ``catalogue``.
"""
