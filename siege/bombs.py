"""`python -m siege.bombs`: what unpacks, counts or trickles without an end, many at once, by a key of several."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import partial

import httpx

from siege.served import Siege, besieged
from vnadmin.samples import samples
from vnadmin_service.guard import new_key

LETTER = next(item.read_bytes() for item in samples() if item.name == "cong-van.txt")
AT_ONCE = 4
UNPACKED = 100_000_000


def main() -> None:
    """Besiege."""
    (mine, my_entry), (yours, your_entry) = new_key("mine"), new_key("yours")
    settings = {
        "api_keys": f"{my_entry},{your_entry}",
        "max_uploads": 16,
        "body_seconds": 6,
        "review_max_open": 8,
        "job_waiting": 8,
    }
    thrown = bombs()
    with besieged("bombs", **settings) as siege:
        for path in ("/v1/parse", "/v1/parse/batch", "/review"):
            for name, data in thrown.items():
                siege.all_at_once(*[partial(_throw, siege, path, name, data, mine)] * AT_ONCE)
        for path in ("/review/sample", "/review/x/set", "/v1/parse"):
            for name, (kind, data) in forms().items():
                siege.all_at_once(*[partial(_throw, siege, path, name, data, mine, kind)] * 2)
        _trickle(siege, mine, yours)
        _fill(siege, mine, yours)


def bombs() -> dict[str, bytes]:
    """Files that are much more than they seem."""
    found = {}
    for name, packing in (("deflate", zipfile.ZIP_DEFLATED), ("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        found[f"a .docx, {name}"] = _zip(
            {"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(UNPACKED)}, packing
        )
        found[f"a zip, {name}"] = plain = _zip({"0.txt": bytes(UNPACKED)}, packing)
        at = plain.index(b"PK\x01\x02") + 24
        found[f"a zip, {name} that lies"] = plain[:at] + struct.pack("<I", 1000) + plain[at + 4 :]
    found["a zip of 40,000 names"] = _zip({str(number): b"" for number in range(40_000)}, zipfile.ZIP_STORED)
    tags = [(256, 1), (257, 1), (258, 8), (259, 1), (262, 1), (273, 0), (277, 1), (278, 1), (279, 1)]
    page = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 3, 1, value) for tag, value in tags)
    pages = b"".join(page + struct.pack("<I", 8 + (number + 1) * (len(page) + 4)) for number in range(50_000))
    return found | {"a TIFF of 50,000 pages": b"II*\0" + struct.pack("<I", 8) + pages}


def forms() -> dict[str, tuple[str, bytes]]:
    """Forms of very many or very long fields."""
    url, multi = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
    part = b'--x\r\nContent-Disposition: form-data; name="sample"\r\n\r\n'
    return {
        "a form of five million fields": (url, b"a=&" * 5_000_000),
        "a form of one field": (url, b"sample=" + b"a" * 15_000_000),
        "escapes": (url, b"sample=" + b"%41" * 5_000_000),
        "parts": (multi, (part + b"\r\n") * 200_000),
        "one long part": (multi, part + b"a" * 15_000_000 + b"\r\n--x--\r\n"),
        "headers of a part": (multi, b"--x\r\n" + b"a: b\r\n" * 2_000_000),
        "no end of a boundary": (multi, b"\r\n--" * 3_000_000),
    }


def _zip(files: dict[str, bytes], packing: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _throw(siege: Siege, path: str, name: str, data: bytes, key: str, kind: str = "") -> None:
    headers = {"x-api-key": key, **({"content-type": kind} if kind else {})}
    try:
        if path == "/review":
            answer = httpx.post(siege.service.url + path, files={"file": ("a", data)}, headers=headers, timeout=120)
        else:
            answer = httpx.post(siege.service.url + path, content=data, headers=headers, timeout=120)
    except httpx.TransportError:  # the connection was closed while the client still wrote
        siege.check("refused or answered", f"{name} to {path}", True)
        return
    held = answer.status_code in (200, 303, 400, 404, 413, 415, 422, 503) and b"internal_error" not in answer.content
    siege.check("refused or answered", f"{name} to {path}: {answer.status_code}", held)


def _trickle(siege: Siege, mine: str, yours: str) -> None:
    """One key sends 32 bodies, a byte now and then; the other's documents are read meanwhile, and all end in time."""
    for path, kind in (("/v1/parse", ""), ("/review", "Content-Type: multipart/form-data; boundary=x\r\n"),
                       ("/review/sample", "Content-Type: application/x-www-form-urlencoded\r\n")):  # fmt: skip
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {mine}\r\n{kind}Content-Length: 1000\r\n\r\n".encode()

        def slow(head: bytes = head, path: str = path) -> None:
            answer, _ = siege.talk(head, seconds=20)
            siege.check("trickling bodies end", f"{path}: {answer[:60]!r}", answer[9:12] in (b"408", b"503"))

        def other(path: str = path) -> None:
            for _ in range(10):
                answer = httpx.post(
                    f"{siege.service.url}/v1/parse", content=LETTER, headers={"x-api-key": yours}, timeout=60
                )
                siege.check("another key is served", f"{path}: {answer.status_code}", answer.status_code == 200)

        siege.all_at_once(*[slow] * 32, other)


def _fill(siege: Siege, mine: str, yours: str) -> None:
    """One key fills the open documents and the queue; there is room for the other."""
    url = siege.service.url
    for key, times, places in ((mine, 10, range(3, 6)), (yours, 1, range(1, 2))):
        opened = [
            httpx.post(f"{url}/review", files={"file": ("a.txt", LETTER)}, headers={"x-api-key": key}, timeout=60)
            for _ in range(times)
        ]
        taken = sum(answer.status_code == 303 for answer in opened)
        siege.check("shares of the open documents", f"{taken} of {times}", taken in places or key == mine)
    slow = LETTER * 300
    answers = {
        key: [httpx.post(f"{url}/v1/parse", content=slow, headers={"x-api-key": key, "prefer": "respond-async"}, timeout=60).status_code
              for _ in range(times)]
        for key, times in ((mine, 12), (yours, 2))
    }  # fmt: skip
    siege.check("shares of the queue", f"{answers[mine]}", 503 in answers[mine])
    siege.check("shares of the queue", f"{answers[yours]}", answers[yours] == [202, 202])


if __name__ == "__main__":
    main()
