"""The names of a document, each read once."""

from __future__ import annotations

from dataclasses import dataclass, field

from vnadmin.fields.directives.bodies import Head, starts_body
from vnadmin.fields.directives.name_end import find_stop
from vnadmin.fields.directives.predicate import Stop
from vnadmin.layout.page import SourceDocument


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one document: a heading, a sentence and an order in it ask about the same one."""

    document: SourceDocument
    heads: dict[tuple[int, int], Head | None] = field(default_factory=dict)
    stops: dict[tuple[int, int, int], Stop | None] = field(default_factory=dict)

    def head(self, position: int, end: int) -> Head | None:
        """The head of the name that opens here."""
        key = (position, end)
        if key not in self.heads:
            self.heads[key] = starts_body(self.document, position, end)
        return self.heads[key]

    def stop(self, head: Head, end: int) -> Stop | None:
        """What ends the name with this head."""
        key = (head.start, head.end, end)
        if key not in self.stops:
            self.stops[key] = find_stop(self.document, head.start, head.end, end)
        return self.stops[key]
