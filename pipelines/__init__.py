"""duizhang (对账): disclosures of Chinese public finance, read, understood, checked and published.

Data flows one way: ``documents`` → ``disclosures`` → ``lake`` → ``sql`` → ``data_quality`` → publication.
Each sub-package says in its own docstring what belongs in it and what does not.
"""

__version__ = "0.1.0"
