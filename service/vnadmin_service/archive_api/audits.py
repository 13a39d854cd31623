"""Audits: which there are, what each shows, and a new one drawn. People review them in the browser alone, blind."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from vnadmin.index.audit import kept
from vnadmin.index.audit.fields import FIELDS, USUAL
from vnadmin.index.audit.interval import Estimate
from vnadmin_service.archive.audit.page import draw_one, with_extra
from vnadmin_service.archive_api import samples
from vnadmin_service.archive_api.door import COMMON, ArchiveOf, ArchiveRoute, body_of, read_body, told
from vnadmin_service.archive_api.models import Audit, AuditPlan, AuditResult, Audits, Figure, Share
from vnadmin_service.problems import InvalidParameter, NotFound, documented

router = APIRouter(tags=["archive"], route_class=ArchiveRoute)


async def _plan(request: Request) -> AuditPlan:
    return await read_body(request, AuditPlan)


@router.get(
    "/v1/archive/audits",
    operation_id="archive_audits",
    summary="Audits of the archive's values",
    response_class=Response,
    responses={
        200: {"description": "The newest first.", "model": Audits, **samples.of("audits")},
        **documented(*COMMON),
    },
)
def listed(archive: ArchiveOf) -> Response:
    """How far each is; what it shows is at its own address."""
    with archive.reading() as connection:
        return told(Audits(audits=[Audit(**_plain(one)) for one in kept.audits(connection)]))


@router.post(
    "/v1/archive/audits",
    operation_id="archive_audit_draw",
    summary="Draw an audit",
    status_code=201,
    response_class=Response,
    responses={
        201: {"description": "It is drawn; people review it in the browser.", "model": Audit, **samples.of("audit_drawn")},
        **documented(*COMMON, "cross_site", "missing_extra", "body_too_large", "body_timeout", "busy", "bad_request"),
    },
    openapi_extra=body_of("AuditPlan", samples.PLAN),
)  # fmt: skip
def draw(request: Request, archive: ArchiveOf, plan: Annotated[AuditPlan, Depends(_plan)]) -> Response:
    """A random sample, by issuer, year and kind, as large as the wanted precision asks for, with what the archive holds of it now."""
    fields = tuple(plan.fields) if plan.fields is not None else USUAL
    if not fields or len(set(fields)) < len(fields) or not set(fields) <= set(FIELDS):
        raise InvalidParameter(f"fields: each once, of {', '.join(FIELDS)}.")
    chosen = kept.Chosen(plan.issuer or None, plan.kind or None, plan.year)
    wanted = kept.Plan(plan.half_width, plan.expect, fields=fields)
    try:
        number = draw_one(request, archive, wanted, chosen, plan.seed)
    except kept.NothingToAudit:
        raise InvalidParameter("No document fits.") from None
    with archive.reading() as connection:
        made = Audit(**_plain(kept.audit(connection, number)))
    return told(made, {"location": f"/v1/archive/audits/{made.id}"}, 201)


@router.get(
    "/v1/archive/audits/{number}",
    operation_id="archive_audit",
    summary="What an audit shows",
    response_class=Response,
    responses={
        200: {"description": "So far.", "model": AuditResult, **samples.of("audit")},
        **documented(*COMMON, "missing_extra"),
    },
)
def show(archive: ArchiveOf, number: Annotated[int, Path(ge=1, lt=2**31)]) -> Response:
    """Accuracy by field with Wilson intervals, also of the values about which nobody was asked."""

    def work() -> AuditResult:
        from vnadmin.index.audit.result import result

        with archive.reading() as connection:
            found = result(connection, number)
        figures = [
            Figure(field=one.field, whole=_share(one.whole), unasked=_share(one.unasked), unclear=one.unclear)
            for one in found.figures
        ]
        return AuditResult(**_plain(found.audit), unsettled=found.unsettled, whole=found.is_whole, figures=figures)

    try:
        return told(with_extra(work))
    except kept.NoSuchAudit:
        raise NotFound("There is no such audit.") from None


def _plain(one: kept.Kept) -> dict[str, Any]:
    plan = one.plan
    return {
        **{name: getattr(one, name) for name in ("id", "drawn_at", "drawn_by", "version", "seed", "size", "reviewed")},
        **{name: getattr(plan, name) for name in ("half_width", "expect", "confidence")},
        **{name: one.frame[name] for name in kept.Chosen._fields},
        "fields": list(plan.fields),
        "frame": one.frame["documents"],
    }


def _share(one: Estimate | None) -> Share | None:
    if one is None:
        return None
    return Share(judged=one.judged, right=one.right, share=one.share, low=one.low, high=one.high)
