"""Makes the pictures of README and docs site from the bundled samples: explain, review, archive (`python tools/screenshots.py`).

Needs the development group (playwright), chromium, and the extras [index,service].
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Page, sync_playwright

from vnadmin.samples import samples

PLACE = Path(__file__).parent.parent / "docs" / "assets"
SHOWN = "thong-bao.pdf"
WIDTH, HEIGHT = 1280, 800
FLAGS = ["--no-sandbox", "--disable-gpu", "--lang=vi"]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a service that shows an archive of the samples."""
    files, catalog = folder / "kho", folder / "catalog.db"
    files.mkdir()
    for item in samples():
        (files / item.name).write_bytes(item.read_bytes())
    vnadmin = [sys.executable, "-m", "vnadmin"]
    subprocess.run([*vnadmin, "index", str(files), "--catalog", str(catalog)], check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"CATALOG": str(catalog), "DATA_DIR": str(folder / "data"), "PORT": str(port), "WORKERS": "1"}
    environment = {**os.environ, **{f"VNADMIN_{name}": value for name, value in settings.items()}}
    service = subprocess.Popen([sys.executable, "-m", "vnadmin_service"], env=environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/livez", timeout=5).close()
                break
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        yield address
    finally:
        service.terminate()
        service.wait(100)


def drawn(page: Page) -> None:
    """Wait until the pictures of pages that are in sight are there."""
    picture = page.locator(".page img").first
    for _ in range(300):  # asked from here: the page's policy lets no predicate be sent to it
        if picture.evaluate("image => image.complete && image.naturalWidth > 0"):
            return
        time.sleep(0.2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=PLACE)
    output = parser.parse_args().output
    with tempfile.TemporaryDirectory() as top, sync_playwright() as run, served(Path(top)) as address:
        folder = Path(top)
        explained = folder / "explain.html"
        command = [sys.executable, "-m", "vnadmin", "explain", str(folder / "kho" / SHOWN), "--output", str(explained)]
        subprocess.run(command, check=True, capture_output=True)
        browser = run.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="vi").new_page()
        page.set_default_timeout(60_000)
        page.goto(explained.as_uri())
        drawn(page)
        page.screenshot(path=output / "explain.png")
        page.goto(address)
        page.get_by_role("button", name=SHOWN, exact=True).click()
        page.wait_for_selector("main[data-ready]")
        drawn(page)
        page.locator("button.leaf[data-edit='/issued_on']").click()
        page.screenshot(path=output / "review.png")
        page.goto(f"{address}/archive?q=xây dựng")
        page.wait_for_selector(".hit")
        page.mouse.move(0, 0)
        page.screenshot(path=output / "archive.png")
        browser.close()
    for name in ("explain", "review", "archive"):
        print(output / f"{name}.png")


if __name__ == "__main__":
    main()
