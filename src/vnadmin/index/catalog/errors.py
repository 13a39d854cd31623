"""Errors of the index: each one clear sentence, whatever the database or the file system said."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from vnadmin.errors import VnadminError


class CatalogUnavailable(VnadminError):
    """The catalogue cannot be opened, reached or written."""

    code = "catalog_unavailable"
    http_status = 503
    exit_code = 20
    advice = "Check the catalogue's URL, its permissions, and that the server runs; then start the same command again."


class CatalogFull(VnadminError):
    """The catalogue's disk is full."""

    code = "catalog_full"
    http_status = 507
    exit_code = 21
    advice = "Make room and start the same command again: it goes on where it stopped."


class CatalogReadOnly(VnadminError):
    """The catalogue cannot be written: its file, folder or database is read-only."""

    code = "catalog_read_only"
    http_status = 503
    exit_code = 22
    advice = "Give this user the right to write the catalogue and its folder, or choose another --catalog."


class CatalogBusy(VnadminError):
    """Another run is writing this catalogue."""

    code = "catalog_busy"
    http_status = 409
    exit_code = 23
    advice = "Wait until it has ended; searching and reviewing go on meanwhile."


class UnsafePath(VnadminError):
    """The file's name or kind could lead outside its folder or archive, and is not followed."""

    code = "unsafe_path"
    exit_code = 24
    advice = "Name the file itself as a source if you trust it."


class EngineUnavailable(VnadminError):
    """The cluster that should read the files does not answer."""

    code = "engine_unavailable"
    http_status = 503
    exit_code = 27
    advice = "Check the address (ray://head:10001) and `ray status`; then start the same command again."


def from_database(error: DBAPIError) -> VnadminError:
    """What a database error means to the person who started the run."""
    said = " ".join(str(error.orig).split())
    low = said.lower()
    if "disk is full" in low or "no space left" in low or "could not extend file" in low:
        return CatalogFull(f"The catalogue's disk is full ({said}).")
    if "readonly" in low or "read-only" in low or "permission denied" in low:
        return CatalogReadOnly(f"The catalogue cannot be written ({said}).")
    return CatalogUnavailable(f"The catalogue does not answer ({said}).")


class BadCorrection(VnadminError):
    """The correction does not fit the document: no such place, or no such value."""

    code = "bad_correction"
    exit_code = 26
    advice = (
        "Name a pointer that the document has, and a value of its kind (a date is `2021-09-25`, `2021-09` or `2021`)."
    )
