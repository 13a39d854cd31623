"""What a reader chose from the facets, out of the address of a page."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from vnadmin_service.archive.facets import Filters

Text = Annotated[str, Query(max_length=2000)]


async def _filters(
    year: Text = "", type: Text = "", issuer: Text = "", signer: Text = "", place: Text = "", urgency: Text = "",
    secrecy: Text = "", folder: Text = "", status: Text = "",
) -> Filters:  # fmt: skip
    return Filters(year, type, issuer, signer, place, urgency, secrecy, folder, status)


FiltersOf = Annotated[Filters, Depends(_filters)]
