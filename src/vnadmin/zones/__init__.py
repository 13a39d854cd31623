"""Zones: where the header, the body, the end and the attachments of a document stand."""

from vnadmin.zones.find import find_zones
from vnadmin.zones.zone import Attachment, Conclusions, Preface, Zones

__all__ = ["Attachment", "Conclusions", "Preface", "Zones", "find_zones"]
