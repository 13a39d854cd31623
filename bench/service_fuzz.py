"""Damaged files against a service that this script starts: no 5xx but the documented 503, nothing leaked, memory back.

    python bench/service_fuzz.py [--files 2000] [--workers 2]

Each file is a bundled sample with bytes flipped, cut, doubled or spliced, chosen by its number, so a run can be repeated.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

from service_load import descendants, start_service

LEAKS = re.compile(rb"Traceback|site-packages|/work/|/tmp/|/home/|/root/|File \"|\.py\b")


def damaged(number: int, samples: list[bytes]) -> bytes:
    """The file of this number."""
    chance = random.Random(number)
    data = bytearray(chance.choice(samples))
    kind = number % 5
    if kind == 0:
        for _ in range(chance.randint(1, 60)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif kind == 1:
        del data[chance.randrange(1, len(data)) :]
    elif kind == 2:
        start = chance.randrange(len(data))
        del data[start : start + chance.randint(1, 2000)]
    elif kind == 3:
        start = chance.randrange(len(data))
        data[start:start] = data[start : start + chance.randint(1, 4000)] * chance.randint(1, 20)
    else:
        other = chance.choice(samples)
        start = chance.randrange(min(len(data), len(other)))
        data[start:] = other[start:]
    return bytes(data)


def resident(pid: int) -> int:
    """Resident memory of a process in kB."""
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0])


def memory(pid: int) -> tuple[int, int]:
    """Of the server's own process, and of all its processes, in MB; after a pause in which idle ones give it back."""
    time.sleep(4)
    return resident(pid) // 1024, sum(resident(p) for p in descendants(pid)) // 1024


async def send(port: int, numbers: list[int], samples: list[bytes], statuses: Counter[str], bad: list[str]) -> None:
    """These files, some at a time; a 503 `busy` is sent again."""
    gate = asyncio.Semaphore(4)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=90) as client:

        async def one(number: int) -> None:
            body = damaged(number, samples)
            async with gate:
                for _ in range(200):
                    if number % 2:
                        answer = await client.post("/v1/parse?include=evidence,text", files={"file": ("x.bin", body)})
                    else:
                        answer = await client.post("/v1/parse", content=body)
                    code = answer.json().get("code", "") if answer.status_code >= 400 else ""
                    if code != "busy":
                        break
                    await asyncio.sleep(0.05)
            statuses[f"{answer.status_code} {code}".strip()] += 1
            documented = answer.status_code < 500 or code in (
                "parse_timeout",
                "busy",
                "missing_extra",
                "ocr_unavailable",
            )
            if not documented or (answer.status_code >= 400 and LEAKS.search(answer.content)):
                bad.append(f"file {number}: {answer.status_code} {answer.text[:300]}")

        await asyncio.gather(*(one(number) for number in numbers))


def main() -> None:
    """Run, and print what came back."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    from vnadmin.samples import samples

    os.environ.setdefault("VNADMIN_WAITING", "4")
    files = [item.read_bytes() for item in samples()]
    statuses: Counter[str] = Counter()
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        process, port = start_service(arguments.workers, folder)
        try:
            asyncio.run(send(port, list(range(-600, 0)), files, Counter(), bad))  # caches filled, extras loaded
            before = memory(process.pid)
            start = time.perf_counter()
            asyncio.run(send(port, list(range(arguments.files)), files, statuses, bad))
            took = time.perf_counter() - start
            after = memory(process.pid)
            ready = httpx.get(f"http://127.0.0.1:{port}/readyz").status_code
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(40)
    for line in bad[:10]:
        print(line)
    print(json.dumps(dict(statuses.most_common()), indent=1))
    print(
        f"{sum(statuses.values())} files in {took:.0f} s; bad: {len(bad)}; ready afterwards: {ready}; memory in MB, "
        f"server {before[0]} -> {after[0]}, all processes {before[1]} -> {after[1]}"
    )


if __name__ == "__main__":
    main()
