"""`python -m siege.access`: every address without a key, with another's key, with odd keys, hosts and numbers."""

from __future__ import annotations

import itertools

import httpx

from siege.served import besieged
from vnadmin.samples import samples
from vnadmin_service import review
from vnadmin_service.archive import document_page, exports, intake_page, page_counts, queue_page, saved, search_page
from vnadmin_service.archive.tasks import page as tasks_page
from vnadmin_service.guard import OPEN_PATHS, new_key
from vnadmin_service.routes import about, batch, docs, jobs, parse

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ODD_KEYS = (
    {}, {"x-api-key": ""}, {"x-api-key": "x" * 5000}, {"authorization": "Bearer"}, {"authorization": "Bearer null"},
    {"authorization": "Basic Og=="}, {"authorization": "Basic %%%"}, {"authorization": "Digest a"}, {"x-api-key": "\u00ff"},
)  # fmt: skip
NUMBERS = ("0", "-1", str(2**31), str(2**63), "9" * 400, "1e9", "%00", "..%2f..%2fetc%2fpasswd", "%F0%9F")
LETTER = next(item.read_bytes() for item in samples() if item.name == "cong-van.txt")


def main() -> None:
    """Besiege."""
    (mine, my_entry), (yours, your_entry) = new_key("mine"), new_key("yours")
    archive = (search_page, document_page, queue_page, exports, intake_page, page_counts, saved, tasks_page)
    parts = (parse, batch, jobs, about, docs, review, *archive)
    paths = sorted(
        {route.path for part in parts for route in part.router.routes if hasattr(route, "path")}
        | {"/", "/archive", "/x"}
    )
    with besieged("access", api_keys=f"{my_entry},{your_entry}") as siege, httpx.Client(timeout=60) as client:
        url = siege.service.url

        def ask(method: str, path: str, **headers: str) -> httpx.Response:
            encoded = {name: value.encode("latin-1") for name, value in headers.items()}
            return client.request(method, url + path, headers=encoded, content=LETTER if method == "POST" else None)

        for path, method, key in itertools.product(paths, METHODS, ODD_KEYS):
            answer = ask(method, path.replace("{", "").replace("}", ""), **key)
            held = answer.status_code == 401 or (path in OPEN_PATHS and answer.status_code in (200, 405, 503))
            siege.check("without a key that is known", f"{method} {path} {key}: {answer.status_code}", held)
        own = {"x-api-key": mine}
        job = client.post(f"{url}/v1/parse", content=LETTER, headers={**own, "prefer": "respond-async"}).headers[
            "location"
        ]
        sheet = client.post(f"{url}/review", files={"file": ("a.txt", LETTER)}, headers=own).headers["location"]
        for path, method in itertools.product(
            (job, f"{job}/document", sheet, f"{sheet}/state", f"{sheet}/pages/1", f"{sheet}/pages/1/words",
             f"{sheet}/edit?pointer=/place", f"{sheet}/set", f"{sheet}/remove", f"{sheet}/undo", f"{sheet}/close",
             f"{sheet}/download/machine.json", f"{sheet}/download/corrected.csv"),
            METHODS[:6],
        ):  # fmt: skip
            answer = ask(method, path, **{"x-api-key": yours})
            siege.check(
                "what is another's", f"{method} {path}: {answer.status_code}", answer.status_code in (404, 405, 422)
            )
        siege.check("it is still there", "gone", ask("GET", sheet, **own).status_code == 200)
        for path, number in itertools.product(
            ("/v1/jobs/{}", "/review/{}", f"{sheet}/pages/{{}}", f"{sheet}/pages/{{}}/words", "/review/static/{}"),
            NUMBERS,
        ):
            answer = ask("GET", path.format(number), **own)
            siege.check(
                "odd numbers and paths", f"{path} {number}: {answer.status_code}", answer.status_code in (404, 422)
            )
        for path in ("/archive/", "/v1/parse/", "//evil.example/", "/review/", "/\\evil.example"):
            answer = ask("GET", path, **own, host="evil.example")
            siege.check(
                "redirects by Host", f"{path}: {answer.headers.get('location')}", "location" not in answer.headers
            )


if __name__ == "__main__":
    main()
