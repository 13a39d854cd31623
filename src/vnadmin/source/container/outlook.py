"""A mail as Outlook saves it (.msg), opened by python-oxmsg."""

from __future__ import annotations

import io
import struct

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, MissingExtra
from vnadmin.source.container.mail import LOGO, OWN_TEXT, Files

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0".encode("utf-16-le")  # the stream that makes an OLE file a message
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
# What olefile and oxmsg raise at damaged streams.
_DAMAGE = (
    AssertionError, AttributeError, IndexError, KeyError, OSError, RecursionError, TypeError, ValueError, struct.error,
)  # fmt: skip


def sniff_outlook(data: bytes) -> bool:
    """An OLE container with the properties of a message."""
    return data.startswith(_OLE) and _PROPERTIES in data


def outlook_files(data: bytes, config: Config) -> Files:
    """The attachments with their names, small pictures of its text left out; last the mail's own text.

    Raises:
        MissingExtra: python-oxmsg is not installed.
        DamagedInput: it cannot be opened.
    """
    try:
        from oxmsg import Message
    except ImportError as error:
        raise MissingExtra(
            "Reading Outlook messages (.msg) needs python-oxmsg.", "pip install 'vnadmin[mail]'"
        ) from error
    try:
        message = Message.load(io.BytesIO(data))
        attached = [
            (item.file_name or f"{number}", item.file_bytes)
            for number, item in enumerate(message.attachments, 1)
            if item.attached_by_value and item.file_bytes
        ]
        html, text = message.html_body, message.body
    except _DAMAGE as error:
        raise DamagedInput("The Outlook message is damaged.") from error
    own = html or text
    for name, content in attached:
        if len(content) >= LOGO or not html or not name.lower().endswith(_PICTURES):
            yield name, content
    if own:
        yield OWN_TEXT, own.encode("utf-8", "replace")
