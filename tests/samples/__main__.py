"""``python -m tests.samples [FOLDER]``: typeset the sample disclosures again, into ``raw/samples`` unless told."""

import sys

from tests.typeset.samples import main

raise SystemExit(main(sys.argv[1:] or ["raw/samples"]))
