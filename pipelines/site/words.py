"""The words of the site in both languages, declared once in ``words.yaml``.

Pages print both and show one; scripts get the whole list. Does not belong here: what documents and rules say.
"""

import functools
from pathlib import Path

from pipelines.declarations import read_yaml

_FILE = Path(__file__).with_name("words.yaml")


@functools.cache
def words() -> dict[str, tuple[str, str]]:
    """Key → Chinese, English. Groups in the file are joined to their keys with a dot."""
    flat: dict[str, tuple[str, str]] = {}
    for group, members in read_yaml(_FILE).items():
        for key, (chinese, english) in members.items():
            flat[f"{group}.{key}"] = (chinese, english)
    return flat
