"""What a reader raises when a file cannot be read at all.

A file that can be read in part is a Document with problems, never an error. Whatever is raised here reaches the
person who loaded the file, so it says which file, where in it, and what to do.
"""


class UnreadableFileError(Exception):
    """A file that no reader can read. All four properties are plain words for a person."""

    def __init__(self, source_path: str, place: str, reason: str, remedy: str) -> None:
        super().__init__(f"{source_path} ({place}): {reason}. {remedy}.")
        self.source_path = source_path
        self.place = place
        """Where in the file: ``first bytes``, ``page 7``, ``whole file``."""
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["UnreadableFileError"], tuple[str, str, str, str]]:
        """Let the error cross from a reading worker to its parent."""
        return type(self), (self.source_path, self.place, self.reason, self.remedy)
