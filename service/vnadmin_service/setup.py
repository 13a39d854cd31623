"""`vnadmin serve --setup FOLDER`: the secrets of a first start, made once, for `service/compose.yaml`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from vnadmin_service.guard import new_key

OWNER = "office"  # whose key it is, in the log
_LAST = "vnadmin_api_keys"  # written last: where it is, all are


def make_secrets(folder: Path) -> bool:
    """An API key (the key itself, and its entry for the service) and the database's password; false where they are there.

    The password's file can be read by the database's own user; the folder is for those containers alone.
    """
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if (folder / _LAST).exists():
        return False
    key, entry = new_key(OWNER)
    password = secrets.token_urlsafe(32)
    _write(folder / "postgres_password", password, 0o644)
    _write(folder / "pgpass", f"db:5432:vnadmin:vnadmin:{password}", 0o600)
    _write(folder / "api_key", key, 0o600)
    _write(folder / _LAST, entry, 0o600)
    return True


def _write(path: Path, text: str, mode: int) -> None:
    path.unlink(missing_ok=True)  # of a start that was cut off
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), mode)  # whatever the umask
        file.write(text + "\n")
