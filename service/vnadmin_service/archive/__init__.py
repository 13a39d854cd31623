"""The archive's pages: search a catalogue, browse it by facets, read and correct its documents, work off its queue."""

from vnadmin_service.archive.routes import router

__all__ = ["router"]
