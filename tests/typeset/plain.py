"""The words of a paper outside its forms, line by line: cover, contents, headings, paragraphs.

Does not belong here: how any format sets them.
"""

from collections.abc import Iterator

from tests.typeset.model import Block, Contents, Cover, Heading, Paper, Table


def lines_of(block: Block, paper: Paper) -> Iterator[str]:
    """Yield the lines of a block that is no form."""
    if isinstance(block, Cover):
        yield from (*block.title, *block.below)
    elif isinstance(block, Contents):
        yield "目录"
        for other in paper.blocks:
            if isinstance(other, Table):
                yield other.title
            elif isinstance(other, Heading) and other.level < 2:
                yield other.text.replace("\n", " ")
    elif isinstance(block, Heading):
        yield from block.text.split("\n")
    elif not isinstance(block, Table):
        yield block.text
