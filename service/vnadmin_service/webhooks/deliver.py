"""One try to tell a receiver something: signed with its key's secret, to an address that is checked, within its time."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping

from vnadmin import __version__
from vnadmin_service.settings import Settings
from vnadmin_service.webhooks.address import NotAllowed
from vnadmin_service.webhooks.send import send
from vnadmin_service.webhooks.signature import secret_of, signed

GONE = "http 410"  # the receiver wants no more


def deliver(settings: Settings, owner: str, url: str, name: str, message: Mapping[str, object]) -> str | None:
    """Why it was not delivered; None where it was. `name` is that of the message: the same for each try of it."""
    assert settings.webhook_secret is not None
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    secret = secret_of(settings.webhook_secret.get_secret_value(), owner)
    headers = {
        "content-type": "application/json",
        "user-agent": f"vnadmin/{__version__}",
        **signed(secret, name, int(time.time()), body),
    }
    try:
        status = send(
            url,
            body,
            headers,
            allowed=settings.webhook_networks,
            ports=settings.webhook_ports,
            seconds=settings.webhook_seconds,
        )
    except NotAllowed:
        return "not allowed"
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    return None if 200 <= status < 300 else f"http {status}"
