"""How a receiver knows that a message is ours: the headers of Standard Webhooks, with a secret for each API key.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

_PREFIX = "whsec_"


def secret_of(service_secret: str, owner: str) -> str:
    """The signing secret of an API key (empty where keys are off): made from the service's, so that nothing is kept.

    One key's receiver cannot sign for another's.
    """
    made = hmac.digest(service_secret.encode(), b"vnadmin webhook of " + owner.encode(), hashlib.sha256)
    return _PREFIX + base64.b64encode(made).decode("ascii")


def signed(secret: str, message: str, seconds: int, body: bytes) -> Mapping[str, str]:
    """The headers of a message: its id, the time, and the signature over both and the body."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    content = f"{message}.{seconds}.".encode("ascii") + body
    signature = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode("ascii")
    return {"webhook-id": message, "webhook-timestamp": str(seconds), "webhook-signature": f"v1,{signature}"}
