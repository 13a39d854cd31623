"""Problem details (RFC 9457): one shape for every error, and its examples for the OpenAPI document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from vnadmin import VnadminError, errors
from vnadmin.gazetteer import resource
from vnadmin_service.work import BadBody, NotExportable

MEDIA_TYPE = "application/problem+json"
Language = Literal["vi", "en"]


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="URN of this kind of problem: `urn:vnadmin:problem:` and the code.")
    title: str = Field(description="The kind of problem, in one sentence.")
    status: int = Field(description="The HTTP status again.")
    code: str = Field(description="Stable code; docs/errors.md and docs/how-to/connect.md list them.")
    detail: str = Field(default="", description="What is particular to this request; never text of the document.")
    advice: str = Field(default="", description="What to do about it.")
    request_id: str = Field(default="", description="As in the header X-Request-Id and in the log.")


class ServiceError(VnadminError):
    """A request that cannot be served. Subclasses are the service's own problems, beside those of the library."""


class BadRequest(ServiceError):
    """The request is not of the documented form."""

    code = "bad_request"
    http_status = 400
    advice = "See /openapi.json for the form of requests."


class Unauthorized(ServiceError):
    """A valid API key is needed."""

    code = "unauthorized"
    http_status = 401
    advice = "Send the key as `Authorization: Bearer …` or `X-API-Key: …`."


class Forbidden(ServiceError):
    """The request comes from a page of another site."""

    code = "cross_site"
    http_status = 403
    advice = "Call the service from a program, or from its own page."


class UnknownHost(ServiceError):
    """The service does not answer to this host name."""

    code = "unknown_host"
    http_status = 421
    advice = "Add the name to VNADMIN_ALLOWED_HOSTS."


class NotFound(ServiceError):
    """There is nothing at this address."""

    code = "not_found"
    http_status = 404
    advice = "See /openapi.json for what there is; a job is kept for a limited time only."


class MethodNotAllowed(ServiceError):
    """The method is not allowed here."""

    code = "method_not_allowed"
    http_status = 405
    advice = "The header Allow lists the methods."


class NotAcceptable(ServiceError):
    """None of the media types in `Accept` can be written."""

    code = "not_acceptable"
    http_status = 406
    advice = "Ask for application/json, or for another form that the detail lists."


class BodyTimeout(ServiceError):
    """The body did not arrive in time."""

    code = "body_timeout"
    http_status = 408
    advice = "Send again over a faster line, or raise VNADMIN_BODY_SECONDS."


class NotDone(ServiceError):
    """The job has no document yet, or never will."""

    code = "job_not_done"
    http_status = 409
    advice = "Ask /v1/jobs/{id} until its status is `done`."


def limit_of(size: int) -> str:
    """How large a body may be, as people say it."""
    whole, rest = divmod(size, 1024**2)
    return f"The limit is {size} bytes." if rest else f"The limit is {whole} MB."


class BodyTooLarge(ServiceError):
    """The body is larger than the service takes."""

    code = "body_too_large"
    http_status = 413
    advice = "Send a smaller file, or raise VNADMIN_MAX_BYTES."


class UnsupportedCoding(ServiceError):
    """The body has a Content-Encoding that the service does not undo."""

    code = "unsupported_coding"
    http_status = 415
    advice = "Send the body as it is, without Content-Encoding."


class InvalidParameter(ServiceError):
    """A parameter of the request is not of the documented form."""

    code = "invalid_parameter"
    http_status = 422
    advice = "See /openapi.json for the parameters."


class TooManyRequests(ServiceError):
    """This key has used up its requests for now."""

    code = "too_many_requests"
    http_status = 429
    wait = 1  # seconds; set on the instance
    advice = "Wait as long as Retry-After says."


class InternalError(ServiceError):
    """Something is wrong with the service itself."""

    code = "internal_error"
    http_status = 500
    advice = "Tell the operator the request_id; the log has the rest."


class Busy(ServiceError):
    """All processes are at work."""

    code = "busy"
    http_status = 503
    advice = "Send again after the time in Retry-After, or use `Prefer: respond-async`."


class WebhookRefused(ServiceError):
    """The webhook's address is not one that the service sends to."""

    code = "webhook_refused"
    http_status = 422
    advice = "Give an https address of a public host; the operator may allow others (VNADMIN_WEBHOOK_NETWORKS)."


class JobsUnavailable(ServiceError):
    """The queue of jobs cannot be reached."""

    code = "jobs_unavailable"
    http_status = 503
    advice = "Send without `Prefer: respond-async`, or again later; /readyz says when the queue is back."


class ScopeMissing(ServiceError):
    """The key may not do this in the archive."""

    code = "scope_missing"
    http_status = 403
    advice = "Use a key of another role; the operator gives roles in VNADMIN_API_KEYS."


class AccessLogUnavailable(ServiceError):
    """The log of access cannot be written, so the archive does not answer."""

    code = "access_log_unavailable"
    http_status = 503
    advice = "Tell the operator: VNADMIN_DATA_DIR or VNADMIN_DATABASE_URL must be writable and have room."


class ArchiveUnavailable(ServiceError):
    """The archive cannot be read or written at the moment."""

    code = "archive_unavailable"
    http_status = 503
    advice = "Send again later; the operator finds the reason in the log and by `vnadmin doctor`."


class CorrectionRefused(ServiceError):
    """The document has no such place, or the value does not fit it."""

    code = "correction_refused"
    http_status = 422
    advice = (
        "Name a pointer that the document has, and a value of its kind (a date is `2021-09-25`, `2021-09` or `2021`)."
    )


class ChangedMeanwhile(ServiceError):
    """The document was changed since it was read."""

    code = "changed_meanwhile"
    http_status = 412
    advice = "Read the document again, decide anew, and send with its new ETag."


class IfMatchMissing(ServiceError):
    """The request does not say which state of the document it is about."""

    code = "if_match_missing"
    http_status = 428
    advice = "Send `If-Match` with the ETag of the document as you read it."


class CursorExpired(ServiceError):
    """The place to go on from is none of this archive."""

    code = "cursor_expired"
    http_status = 410
    advice = "The catalogue was made anew or restored from a copy: begin again without a cursor, and compare."


_LIBRARY = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, VnadminError)]
_ALL: list[type[VnadminError]] = [*_LIBRARY, BadBody, NotExportable, *ServiceError.__subclasses__()]
# No request names a path of the service's disk or sets a Config.
_NEVER_ASKED = (VnadminError, errors.SourceNotFound, errors.InvalidConfig)
PROBLEMS: Mapping[str, type[VnadminError]] = {c.code: c for c in _ALL if c not in _NEVER_ASKED}
_TO_INSTALL = frozenset({"missing_extra", "ocr_unavailable", "no_text_layer"})  # by the operator, not by who asks
_ID = "6f1c2d3e4b5a49788c9d0e1f2a3b4c5d"
_REFERENCE = {"$ref": "#/components/schemas/Problem"}


class Words(NamedTuple):
    """Of a problem in another language."""

    title: str
    advice: str


@cache
def vietnamese() -> Mapping[str, Words]:
    """The words of each code: the service's own, and the library's."""
    own = resources.files(__package__).joinpath("problems_vi.toml").read_text("utf-8")
    table = tomllib.loads(resource("error_words.toml")) | tomllib.loads(own)
    return {code: Words(**words) for code, words in table.items() if code in PROBLEMS}


@cache
def _details() -> tuple[Mapping[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Details word for word, and those with something put in, the longest first."""
    table = tomllib.loads(resources.files(__package__).joinpath("details_vi.toml").read_text("utf-8"))
    open_ended = sorted((en for en in table if "{}" in en), key=len, reverse=True)
    patterns = ((re.compile("(.{0,400}?)".join(map(re.escape, en.split("{}")))), table[en]) for en in open_ended)
    return table, tuple(patterns)


def in_vietnamese(detail: str) -> str:
    """A detail or advice in Vietnamese; names, numbers and codes stay as they are, and so does what is not in the table."""
    if (told := _one_in_vietnamese(detail)) is not None:
        return told
    parts = detail.removesuffix(".").split("; ")  # what an export misses
    found = [_one_in_vietnamese(part) or part for part in parts]
    return "; ".join(found) + "." if found != parts else detail


def _one_in_vietnamese(detail: str) -> str | None:
    whole, patterns = _details()
    if detail in whole:
        return whole[detail]
    matched = next(((match, vi) for pattern, vi in patterns if (match := pattern.fullmatch(detail))), None)
    return matched[1].format(*matched[0].groups()) if matched else None


@lru_cache(maxsize=256)
def language_in(accept_language: str) -> Language:
    """Which of our two languages the header prefers; English where it names neither."""
    best: tuple[float, Language] = (0.0, "en")
    for part in accept_language.split(","):
        name, _, parameters = part.partition(";")
        tag = name.strip().lower().partition("-")[0]
        try:
            weight = float(parameters.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if weight > best[0] and tag in ("vi", "en"):
            best = (weight, "vi" if tag == "vi" else "en")
    return best[1]


def problem(error: VnadminError, request_id: str = "", language: Language = "en") -> Problem:
    """The answer for an error."""
    title, advice = (type(error).__doc__ or "").splitlines()[0], error.hint
    detail = "" if error.detail == title else error.detail
    words = vietnamese().get(error.code) if language == "vi" else None
    if words is not None:
        title, detail = words.title, in_vietnamese(detail)
        advice = words.advice if error.hint == type(error).advice else in_vietnamese(error.hint)
    if advice and error.code in _TO_INSTALL:
        advice = f"{'Trên máy chủ' if language == 'vi' else 'On the server'}: {advice}"
    return Problem(
        type=f"urn:vnadmin:problem:{error.code}",
        title=title,
        status=error.http_status,
        code=error.code,
        detail=detail,
        advice=advice,
        request_id=request_id,
    )


def problem_response(
    error: VnadminError, request_id: str, headers: Mapping[str, str] | None = None, *, accept_language: str = ""
) -> Response:
    """The answer as a response, in the language that the client prefers."""
    language = language_in(accept_language)
    before, after = _around_id(type(error), error.detail, error.hint, language)  # type: ignore[arg-type]  # a class has a hash
    told = {"content-language": language, "vary": "accept-language", **(headers or {})}
    return Response(before + request_id + after, error.http_status, told, MEDIA_TYPE)


@lru_cache(maxsize=64)
def _around_id(kind: type[VnadminError], detail: str, hint: str, language: Language) -> tuple[str, str]:
    """What is written before and after the id, which is of plain letters: under overload it is the same each time."""
    before, _, after = problem(kind(detail, hint), _ID, language).model_dump_json().rpartition(_ID)
    return before, after


def documented(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer with these problems, an example for each."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        kind = PROBLEMS[code]
        example = problem(kind(), _ID).model_dump()
        entry = by_status.setdefault(
            kind.http_status,
            {
                "description": "",
                "content": {MEDIA_TYPE: {"schema": _REFERENCE, "examples": {}}},
            },
        )
        entry["content"][MEDIA_TYPE]["examples"][code] = {"summary": example["title"], "value": example}
        entry["description"] = " Or: ".join(filter(None, (entry["description"], example["title"])))
        if code in ("busy", "too_many_requests"):
            entry["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}
    return by_status
