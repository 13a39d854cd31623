"""`python -m siege.csrf`: what pages of other sites send, by every header a browser could send, and by Chromium itself."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time

import httpx

from siege.served import besieged
from vnadmin.samples import samples

LETTER = next(item.read_bytes() for item in samples() if item.name == "cong-van.txt")
SITES = (None, "same-origin", "none", "same-site", "cross-site", "", "x")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/json")


def main() -> None:
    """Besiege."""
    with besieged("csrf", auth="off", host="127.0.0.1") as siege, httpx.Client(timeout=60) as client:
        url, host = siege.service.url, f"127.0.0.1:{siege.port}"
        sheet = client.post(f"{url}/review", files={"file": ("a.txt", LETTER)}).headers["location"]
        while (before := client.get(f"{url}{sheet}/download/corrections.json")).status_code != 200:
            time.sleep(0.2)  # until it was read
        origins = (
            None, f"http://{host}", f"https://{host}", "null", "", "http://127.0.0.1", "http://127.0.0.1:1", f"http://{host}.evil",
            f"http://evil/{host}", f"http://x@{host}", f"{host}", f"http://{host}/", "file://",
        )  # fmt: skip
        paths = (
            f"{sheet}/set",
            f"{sheet}/remove",
            f"{sheet}/undo",
            f"{sheet}/redo",
            "/review/sample",
            "/v1/parse",
            "/v1/parse/batch",
        )
        for origin, site, form, path in itertools.product(origins, SITES, FORMS, paths):
            ours = origin in (None, f"http://{host}", f"https://{host}") and site in (None, "same-origin", "none")
            if ours and (origin or path.startswith(sheet)):
                continue  # what our own page sends, and what only a program sends
            headers = {"content-type": form, "origin": origin, "sec-fetch-site": site}
            given = {name: value for name, value in headers.items() if value is not None}
            answer = client.post(url + path, headers=given, content=b"pointer=/place&value=Forged&sample=x")
            held = (answer.status_code != 403) if ours else (answer.status_code == 403)
            siege.check("programs pass" if ours else "refused", f"{path} {given}: {answer.status_code}", held)
        after = client.get(f"{url}{sheet}/download/corrections.json")
        siege.check("no correction was stored", after.text, before.text == after.text)
    print("in Chromium, by host names:", flush=True)
    words = ["-q", "-p", "no:cacheprovider", "tests/service/review/test_cross_site.py", "-k", "corrects"]
    subprocess.run([sys.executable, "-m", "pytest", *words])


if __name__ == "__main__":
    main()
