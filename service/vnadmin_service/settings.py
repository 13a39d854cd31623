"""Settings: what an operator can choose, by `VNADMIN_*` variables; docs/reference/settings.md is made from it."""

from __future__ import annotations

import os
import re
import socket
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from vnadmin import Config
from vnadmin.process.confine import Limits
from vnadmin_service.access.scopes import scopes_of

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_PRINTED = 64 * 1024**2  # bytes of a Word document as a PDF
_KEY_NAME = r"[A-Za-z0-9_.-]{1,40}"
_KEY = f"{_KEY_NAME}:[0-9a-f]{{64}}(:[a-z+]{{1,40}})?"


def is_key_name(name: str) -> bool:
    """Whether a key may have this name."""
    return re.fullmatch(_KEY_NAME, name) is not None


# Read by others: the client, compose.yaml, the reading of secrets.
_OF_OTHERS = frozenset({"VNADMIN_API_KEY", "VNADMIN_FOLDER", "VNADMIN_SECRETS_DIR"})


class Settings(BaseSettings):
    """What an operator can choose. Each field `x` is the environment variable `VNADMIN_X`."""

    model_config = SettingsConfigDict(env_prefix="VNADMIN_", frozen=True, extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Host names to answer to, separated by commas. Empty: the loopback names while there are no keys, "
        "else any.",
    )
    forwarded_allow_ips: str = Field(
        default="127.0.0.1", description="Proxies whose X-Forwarded-* headers are believed, separated by commas."
    )

    auth: Literal["auto", "required", "off"] = Field(
        default="auto", description="`auto` asks for a key unless the service listens on loopback and has no keys."
    )
    api_keys: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="`name:sha256:role` of each key, separated by commas; made by `vnadmin serve --new-key NAME:ROLE`. Role in the "
        "archive: `reader`, `clerk` (corrects), `archivist` (exports too), `admin` (reads the log of access too; also without a role), "
        "or scopes: `read+export`.",
    )
    rate_limit: str = Field(
        default="1200/minute", description="Requests for each key (each address where keys are off); empty is no limit."
    )
    rate_storage: str = Field(
        default="async+memory://",
        description="Where the counts are kept; `async+redis://…` when several machines share the work.",
    )

    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, description="Processes that parse. Default: one for a core."
    )
    waiting: int = Field(
        default=8, ge=0, description="Documents that may wait for a free process; past that the answer is 503 `busy`."
    )
    wait_seconds: float = Field(
        default=1.0, gt=0, description="Time that a document may wait for a free process (else 503 `busy`)."
    )
    seconds: float = Field(default=60.0, gt=0, description="Time limit of one document.")
    memory_mb: int = Field(default=4096, ge=0, description="Memory limit of one process (address space); 0 is none.")
    worker_network: bool = Field(
        default=False,
        description="Let the processes that read documents open connections: only for an archive whose files lie at URLs.",
    )
    worker_nice: int = Field(
        default=5,
        ge=0,
        le=19,
        description="How far the processes that read documents stand behind the server when all want the processor (as of "
        "`nice`); 0: not at all.",
    )
    retry_after: int = Field(default=1, ge=1, description="Seconds that `Retry-After` names when the service is busy.")

    max_bytes: int = Field(default=64 * 1024 * 1024, gt=0, description="Largest body of a request.")
    max_pages: int = Field(default=1000, gt=0, description="Most pages of a PDF.")
    max_uploads: int = Field(default=32, gt=0, description="Bodies that are read at the same time; more get 503.")
    body_seconds: float = Field(
        default=60.0, gt=0, description="Time within which a body must have arrived (else 408)."
    )
    bodies_mb: int = Field(
        default=512, ge=1, description="Memory that bodies may take in all until they are answered; more get 503."
    )
    head_bytes: int = Field(
        default=64 * 1024, ge=1024, description="Bytes of a request's first line and headers (else 431)."
    )
    head_seconds: float = Field(
        default=20.0, gt=0, description="Time within which a request's headers must have arrived."
    )
    batch_files: int = Field(default=500, gt=0, description="Most files of one batch, and most documents in them.")
    batch_unpacked_bytes: int = Field(
        default=512 * 1024 * 1024, gt=0, description="What the files of a zip may unpack to in all."
    )
    ocr: Literal["auto", "fast", "hybrid", "off"] = Field(
        default="auto", description="OCR engine for scans; `off` refuses them."
    )
    tessdata: str | None = Field(
        default=None, description="Folder with vie.traineddata, where it is at no usual place."
    )
    ocr_page_seconds: float = Field(default=120.0, gt=0, description="Time limit for one page of a scan.")

    data_dir: Path = Field(
        default_factory=lambda: Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "vnadmin",
        description="Folder for the jobs of this machine; of one service alone.",
    )
    database_url: str | None = Field(
        default=None,
        description="Database of the jobs. Default: SQLite in `data_dir`; "
        "`postgresql+psycopg://…` when several machines share the work.",
    )
    machine: str = Field(
        default_factory=socket.gethostname,
        description="Name of this machine among several, of one service alone; after a restart it takes up its own "
        "unfinished jobs.",
    )
    job_workers: int = Field(default=1, ge=1, description="Processes that work on jobs, beside `workers`.")
    job_seconds: float = Field(default=1800.0, gt=0, description="Time limit of one job.")
    job_waiting: int = Field(default=200, ge=1, description="Jobs that may wait; past that the answer is 503 `busy`.")
    job_keep_hours: float = Field(
        default=24.0, gt=0, description="Hours that a finished job and its document are kept, unless deleted before."
    )

    webhook_secret: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="Turns on webhooks: the secret from which each key's signing secret is made, 32 characters or more "
        "(`vnadmin serve --webhook-secret NAME` prints that of a key). Empty: no webhooks.",
    )
    webhook_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(),
        description="Networks to which webhooks may go although they are private, by http too, such as `10.1.0.0/16`, "
        "separated by commas. Empty: https to public addresses only.",
    )
    webhook_ports: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(443, 8443),
        description="Ports of public addresses to which webhooks may go, separated by commas. In `webhook_networks` any.",
    )
    webhook_seconds: float = Field(default=10.0, gt=0, description="Time limit of one try to tell a webhook.")

    catalog: str | None = Field(
        default=None,
        description="Catalogue that `vnadmin index` made, for the archive's pages at `/archive`: the path of an SQLite "
        "file or `postgresql://…`. What a key may do in it, its role says (VNADMIN_API_KEYS). Empty: no such pages.",
    )

    office: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Names of the own office and its units, separated by `;`, as documents write them: `Sở Nội vụ; Văn phòng "
        "Sở`. The list of tasks opens on what they are told to do, and the registers begin with theirs.",
    )
    intake: str | None = Field(
        default=None,
        description="Folder for files that people drop into the archive's page. Default: `intake` in `data_dir`.",
    )
    profile: str | None = Field(
        default=None,
        description="TOML file with what documents cannot hold (identifiers, fonds, storage period), for exports of the "
        "archive: docs/how-to/export.md.",
    )

    schemas: str | None = Field(
        default=None,
        description="Folder with the METS schemas that a submission package (SIP) must hold, for exports of the archive: "
        "docs/how-to/export.md. One without any is told at the start.",
    )

    export_mb: int = Field(
        default=128,
        ge=1,
        description="Files that an edXML or SIP export from the archive's pages may hold; one is made at a time. `vnadmin "
        "export` has no such limit.",
    )
    min_free_mb: int = Field(default=200, ge=0, description="`/readyz` fails below this much free disk in `data_dir`.")
    shutdown_seconds: int = Field(
        default=30, ge=1, description="Time to finish requests when told to stop; jobs go back to the queue."
    )
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="Form of the log lines on stderr; `auto`: for people on a terminal, else JSON."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least level logged.")

    @field_validator("webhook_networks", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        """Each by itself, so that what is wrong with one is said once."""
        return tuple(ip_network(one) for one in value) if isinstance(value, tuple) else value

    @field_validator("api_keys", "allowed_hosts", "webhook_networks", "webhook_ports", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """`a,b` from the environment."""
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("office", mode="before")
    @classmethod
    def _offices(cls, value: object) -> object:
        """`a; b` from the environment: a name may hold commas."""
        return tuple(name.strip() for name in value.split(";") if name.strip()) if isinstance(value, str) else value

    @field_validator("api_keys")
    @classmethod
    def _keys(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        import re

        for index, key in enumerate(value, 1):
            if not re.fullmatch(_KEY, key):
                raise ValueError(
                    f"key {index} is not of the form name:sha256 or name:sha256:role; make one by `vnadmin serve --new-key NAME`"
                )
            try:
                scopes_of(":".join(key.split(":")[2:]))
            except ValueError as error:
                raise ValueError(f"key {index}: {error}") from None
        return value

    @field_validator("schemas")
    @classmethod
    def _schemas(cls, value: str | None) -> str | None:
        if value and not any(Path(value).glob("*.xsd")):
            raise ValueError(f"{value} is no folder with schemas (.xsd)")
        return value

    @model_validator(mode="after")
    def _not_open_by_accident(self) -> Settings:
        if self.needs_key and not self.api_keys:
            raise ValueError(
                f"listening on {self.host} without API keys: make one by `vnadmin serve --new-key NAME` and set "
                "VNADMIN_API_KEYS, or set VNADMIN_AUTH=off if something in front of the service asks for keys"
            )
        return self

    @classmethod
    def read(cls) -> Settings:
        """Those of the environment, and of the files in the folder VNADMIN_SECRETS_DIR, each named as its variable."""
        folder = os.environ.get("VNADMIN_SECRETS_DIR")
        return cls(_secrets_dir=folder) if folder else cls()  # type: ignore[call-arg]  # of pydantic-settings

    @property
    def needs_key(self) -> bool:
        """Whether requests must bring a key."""
        if self.auth == "auto":
            return bool(self.api_keys) or self.host not in LOOPBACK
        return self.auth == "required"

    @property
    def keys(self) -> int:
        """How many keys share the service."""
        return len(self.api_keys)

    @property
    def hosts(self) -> frozenset[str]:
        """Host names to answer to; empty is any. Without keys, no page of another site may reach us by DNS tricks."""
        if self.allowed_hosts:
            return frozenset(self.allowed_hosts)
        return frozenset() if self.needs_key or self.auth == "off" else LOOPBACK

    @property
    def jobs_url(self) -> str:
        """Where the jobs are kept."""
        return self.database_url or f"sqlite:///{self.jobs_file}"

    @property
    def jobs_file(self) -> Path:
        """The file of the jobs, where no database is named."""
        return self.data_dir / "jobs.sqlite"

    def limits(self, seconds: float) -> Limits:
        """What a worker process may use for a document that may take so long."""
        return Limits(
            seconds,
            self.memory_mb * 1024**2,
            printed_bytes=_PRINTED,
            network=self.worker_network,
            nice=self.worker_nice,
        )

    def config(self) -> Config:
        """The limits of one parse. `ocr_threads=1`: the processes are the parallelism."""
        return Config(
            max_bytes=self.max_bytes,
            max_pages=self.max_pages,
            ocr=self.ocr,
            tessdata=self.tessdata,
            ocr_page_seconds=self.ocr_page_seconds,
            ocr_threads=1,
        )


def unknown_variables() -> list[str]:
    """Variables of the environment that look like settings and are none."""
    from vnadmin_service.review.settings import ReviewSettings

    known = {f"VNADMIN_{name.upper()}" for name in Settings.model_fields}
    known |= {f"VNADMIN_REVIEW_{name.upper()}" for name in ReviewSettings.model_fields} | _OF_OTHERS
    return sorted(name for name in os.environ if name.startswith("VNADMIN_") and name not in known)
