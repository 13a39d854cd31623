"""A mail as a file (.eml): its attachments, or its own text where none is a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import TypeAlias

from vnadmin.config import Config
from vnadmin.errors import DamagedInput, VnadminError
from vnadmin.source.decoding import decode
from vnadmin.source.sniff import sniff_html

_HEAD = 1 << 18  # bytes in which a mail names its sender and form, behind what the servers on its way wrote
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
_NAMED = re.compile(rb"(?im)^(From|To|Subject|Date|Received|Message-ID|MIME-Version|Content-Type|Return-Path):")
_LEAST = 3  # of these fields, each once
# What the standard library raises of a name that is cut off in its base64, or of which a piece is missing
_ODD_NAME = (MessageError, ValueError, LookupError, TypeError, AttributeError)
_UNNAMED = "tep-dinh-kem"
LOGO = 50_000  # bytes: smaller pictures within a text are logos; a page that a telephone took stands there, too
OWN_TEXT = "thu"  # the name of a mail's own text, which comes last
# of a container: names, and contents or why there is none
Files: TypeAlias = Iterator[tuple[str, bytes | VnadminError]]


def sniff_mail(data: bytes) -> bool:
    """Fields of a mail from the first byte on; a page that a browser saved as MHTML is a page."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if not _FIELD.match(head):
        return False
    head = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    named = {name.lower() for name in _NAMED.findall(head)}
    if len(named) < _LEAST or not named & {b"from", b"mime-version", b"received"}:
        return False
    return not (
        b"snapshot-content-location" in head.lower() or (b"multipart/related" in head.lower() and sniff_html(data))
    )


def mail_files(data: bytes, config: Config) -> Files:
    """The attachments with their names, mails that were attached too; last the mail's own text.

    Raises:
        DamagedInput: its parts are nested or broken beyond what the standard library takes apart.
    """
    try:
        message = message_from_bytes(data)
        yield from _attached(message)
        body = own_text(message)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise DamagedInput("The mail is damaged.") from error
    if body:
        yield OWN_TEXT, body


def _attached(message: Message) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(_leaves(message), 1):
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                yield f"{number}.eml", inner[0].as_bytes()
            continue
        name = _name(part)
        if not name and part.get_content_maintype() == "text":  # what a person wrote
            continue
        content = _content(part)
        in_text = part.get("Content-ID") is not None or part.get_content_disposition() == "inline"
        if in_text and part.get_content_maintype() == "image" and len(content) < LOGO:
            continue
        if content:
            yield name or f"{number}.{part.get_content_subtype()}", content


def _content(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _name(part: Message) -> str:
    """The file name of a part, `=?UTF-8?B?...?=` decoded; one that cannot be decoded as it is printed."""
    try:
        printed = part.get_filename() or ""
    except _ODD_NAME:
        return _UNNAMED
    try:
        return str(make_header(decode_header(printed)))
    except _ODD_NAME:
        return printed


def own_text(message: Message) -> bytes:
    """The text that a person wrote, as HTML where there is some: its tables are kept there."""
    found: dict[str, bytes] = {}
    for part in _leaves(message):
        kind = part.get_content_type()
        if kind in ("text/html", "text/plain") and not _name(part) and kind not in found:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                found[kind] = decode(content, part.get_content_charset()).encode("utf-8", "ignore")
    return found.get("text/html") or found.get("text/plain") or b""


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold content, mails that are attached as one each."""
    todo = [message]
    while todo:
        part = todo.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            todo += [one for one in reversed(inner) if isinstance(one, Message)]
        else:
            yield part
