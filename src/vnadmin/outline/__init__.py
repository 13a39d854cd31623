"""The outline of a text: its numbered, lettered and bulleted items as a tree, which directives and citations share."""

from vnadmin.outline.item import Item, own_paragraphs, text_spans
from vnadmin.outline.tree import read_outline

__all__ = ["Item", "own_paragraphs", "read_outline", "text_spans"]
