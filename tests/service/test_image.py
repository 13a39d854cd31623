"""The image and compose: what they name exists, the limits add up, and the entry point takes every command.

Where a container engine is installed the image is built and asked; elsewhere its steps are looked at one by one.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.service.serving import start
from vnadmin_service.review.settings import ReviewSettings
from vnadmin_service.settings import Settings

ROOT = Path(__file__).parent.parent.parent
DOCKERFILE = (ROOT / "service/Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "service/compose.yaml").read_text("utf-8"))
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
ENGINE = shutil.which("docker") or shutil.which("podman")
SERVER_MB = 200  # docs/how-to/security.md: what the server's own process takes beside bodies and open documents


def steps() -> list[tuple[str, str]]:
    """The instructions, comments and line ends within one taken out."""
    text = re.sub(r"(?m)^\s*#.*\n", "", DOCKERFILE).replace("\\\n", " ")
    return [
        (word.upper(), " ".join(rest.split()))
        for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)
    ]


def test_the_instructions_are_known_and_what_is_copied_is_there() -> None:
    """And not left out by .dockerignore."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {word for word, _ in steps()} <= KNOWN
    for word, rest in steps():
        if word == "COPY" and not rest.startswith("--from"):
            *sources, _ = rest.split()
            for source in sources:
                assert (ROOT / source).exists(), source
                assert source.removeprefix("./").split("/")[0] not in ignored


def test_every_extra_that_is_installed_exists() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    (named,) = re.findall(r'"\.\[([\w,-]+)\]"', DOCKERFILE)
    assert set(named.split(",")) <= set(extras)


def test_the_last_stage_runs_as_a_user_without_rights_and_takes_every_command() -> None:
    """`docker run vnadmin parse …`, `index`, `search`; `serve` where nothing is said."""
    last = dict(steps())
    assert json.loads(last["ENTRYPOINT"]) == ["vnadmin"]
    assert json.loads(last["CMD"]) == ["serve"]
    assert last["USER"] == "vnadmin"


def test_every_shell_step_is_one_that_a_shell_reads() -> None:
    """Its words and its grammar, and no step that asks a person."""
    for word, rest in steps():
        if word == "RUN":
            subprocess.run(["sh", "-n", "-c", rest], check=True)
            if "apt-get install" in rest:
                assert "-y" in shlex.split(rest)
                assert "rm -rf /var/lib/apt/lists/*" in rest


def test_the_health_check_finds_a_service_well(tmp_path: Path) -> None:
    """Its own words, at another port."""
    service = start(tmp_path, workers=1)
    command = json.loads(dict(steps())["HEALTHCHECK"].partition("CMD ")[2])
    code = command[2].replace("http://127.0.0.1:8000", service.url)
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
    service.stop()
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode != 0


def processes_mb(environment: dict[str, str], *, has_pages: bool) -> int:
    """What a service may take at most, by its own limits. has_pages: people drop files into its archive."""
    found = {name.removeprefix("VNADMIN_").lower(): value for name, value in environment.items()}
    named = ("workers", "job_workers", "memory_mb", "bodies_mb", "export_mb")
    own = Settings(**{name: int(found[name]) for name in named if name in found})
    review = ReviewSettings(workers=int(found["review_workers"]), max_mb=int(found["review_max_mb"]))
    workers = (own.workers + own.job_workers + review.workers) * own.memory_mb
    package = 4 * own.export_mb if "catalog" in found else 0
    intake = SERVER_MB + own.memory_mb if has_pages else 0
    return SERVER_MB + workers + 3 * own.bodies_mb + review.max_mb + package + intake


def megabytes(limit: str) -> int:
    """`6g`, `512m`."""
    return int(limit[:-1]) * {"m": 1, "g": 1024}[limit[-1]]


@pytest.mark.parametrize("name", ["vnadmin", "worker"])
def test_memory_limits_add_up(name: str) -> None:
    """All processes at their limits at once stay within the container's: none is killed from outside."""
    service = COMPOSE["services"][name]
    assert processes_mb(service["environment"], has_pages="ports" in service) <= megabytes(service["mem_limit"])


def test_the_index_stays_within_its_memory() -> None:
    service = COMPOSE["services"]["index"]
    words = service["command"]
    jobs, memory = (int(words[words.index(option) + 1]) for option in ("--jobs", "--memory"))
    assert SERVER_MB + jobs * memory <= megabytes(service["mem_limit"])
    assert service["profiles"] == ["index"]


def test_compose_needs_nothing_that_is_not_there() -> None:
    """No variable must be set, every volume is declared, and whoever needs another waits for it."""
    text = (ROOT / "service/compose.yaml").read_text("utf-8")
    assert ":?" not in text
    services = COMPOSE["services"]
    for name, service in services.items():
        for volume in service.get("volumes", ()):
            source = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", volume).split(":")[0]
            assert source.startswith((".", "/")) or source in COMPOSE["volumes"], volume
        for needed in service.get("depends_on", {}):
            assert needed in services, name
        assert "mem_limit" in service, name
    assert set(services) == {"setup", "db", "vnadmin", "worker", "index"}


def test_keys_and_passwords_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the command of compose; a second start keeps them, and the service reads them from the folder."""
    from vnadmin_service.guard import Keys
    from vnadmin_service.setup import make_secrets

    folder = tmp_path / "secrets"
    assert COMPOSE["services"]["setup"]["command"] == ["serve", "--setup", "/secrets"]
    assert make_secrets(folder)
    first = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert not make_secrets(folder)
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == first
    monkeypatch.setenv("VNADMIN_SECRETS_DIR", str(folder))
    settings = Settings.read()
    owner = Keys(settings.api_keys).owner(first["api_key"].strip())
    assert owner is not None
    assert (owner.name, owner.role) == ("office", "admin")
    assert first["pgpass"].strip() == f"db:5432:vnadmin:vnadmin:{first['postgres_password'].strip()}"
    assert {name: stat.S_IMODE((folder / name).stat().st_mode) for name in first} == {
        "api_key": 0o600, "vnadmin_api_keys": 0o600, "pgpass": 0o600, "postgres_password": 0o644,
    }  # fmt: skip


def test_serve_on_a_terminal_speaks_to_people(tmp_path: Path) -> None:
    """A line that says where to look, and lines that are no JSON; in a pipe all lines are JSON."""
    import os
    import pty

    from tests.service.serving import free_port

    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("VNADMIN_")}
    port = free_port()
    environment |= {"VNADMIN_PORT": str(port), "VNADMIN_DATA_DIR": str(tmp_path), "VNADMIN_WORKERS": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "vnadmin", "serve"], env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        said = b""
        while b"Ctrl-C" not in said:
            said += os.read(ours, 4096)
        process.terminate()
        process.wait(900)
        os.close(ours)
    text = said.decode()
    assert f"http://127.0.0.1:{port}" in text
    assert "/docs" in text
    assert '{"' not in text


@pytest.mark.skipif(ENGINE is None, reason="no docker and no podman on this machine")
@pytest.mark.timeout(1800)
def test_the_image_is_built_and_answers() -> None:
    """Every command by its entry point."""
    assert ENGINE is not None
    subprocess.run([ENGINE, "build", "-q", "-f", "service/Dockerfile", "-t", "vnadmin-test", "."], check=True, cwd=ROOT)
    said = subprocess.run(
        [ENGINE, "run", "--rm", "--read-only", "vnadmin-test", "--version"], check=True, capture_output=True
    )
    assert said.stdout.startswith(b"vnadmin ")
