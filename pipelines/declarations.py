"""Reading what is declared in YAML. Does not belong here: what any of it means."""

from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML was built with it: five times as fast, and every process of a load reads declarations."""


def read_yaml(path: Path) -> Any:
    """The content of a YAML file, made of plain values only. Raises ``yaml.YAMLError`` where it is none."""
    return yaml.load(path.read_text(encoding="utf-8"), _LOADER)
