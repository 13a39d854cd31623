"""Two runs beside each other: by how much every ratio differs."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

MOST = 0.15
SHOWN = 15


def ratios_of(result: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Every ratio and slope that the page quotes, by a name that says where it stands."""
    own = result.get("start", {}).get("vnadmin")
    for peer, row in result.get("start", {}).items():
        if peer != "vnadmin":
            yield f"start/{peer}/import", own["import"] / row["import"]
            yield f"start/{peer}/size", own["size"] / row["size"]
            if row["command"]:
                yield f"start/{peer}/command", own["command"] / row["command"]
    for name, found in result.get("formats", {}).items():
        rows = found["contestants"]
        for driver, row in rows.items():
            if driver != "vnadmin":
                yield f"{name}/{driver}/time", row["ratio"]
            if driver != "vnadmin" and row.get("peak"):
                yield f"{name}/{driver}/peak", rows["vnadmin"]["peak"] / row["peak"]
            for count in (1, 2):
                if row.get(f"own_{count}"):
                    yield f"{name}/{driver}/rate_{count}", row[f"own_{count}"] / row[f"rate_{count}"]
        stages = found["stages"]
        if stages["source"]:
            yield f"{name}/parse over source", (sum(stages.values()) - stages["source"]) / stages["source"]
    for name, measured in result.get("cold", {}).items():
        for driver, row in measured.items():
            if driver != "vnadmin":
                yield f"cold/{name}/{driver}/time", row["ratio"]
                yield f"cold/{name}/{driver}/peak", measured["vnadmin"]["peak"] / row["peak"]
    if "service" in result:
        yield "service/over library", result["service"]["ratio_by_processor_time"]
    for peer, row in result.get("language", {}).items():
        yield f"language/{peer}", row["ratio"]
    for what, row in result.get("growth", {}).items():
        for key in ("slope_time", "slope_memory", "slope_time_upper", "slope_memory_upper"):
            yield f"growth/{what}/{key}", row[key]
    files = result.get("files", {})
    for key in ("seconds", "cpu", "memory"):
        if f"slope_{key}" in files:
            yield f"files/{files['large']['files']}/slope of {key}", files[f"slope_{key}"]
    scans = result.get("scans", {})
    if "beside" in scans:
        for key in ("plain", "prepared", "inside"):
            yield f"scans/{key}", scans["beside"][f"ratio_{key}"]
        yield "scans/first and last", scans["long"]["ratio"]


def compare(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Print the largest disagreements; give the figures of all of them for the page."""
    one, other = dict(ratios_of(first)), dict(ratios_of(second))
    apart = {name: abs(_apart(one[name], other[name])) for name in one if name in other}
    order = sorted(apart, key=lambda name: -apart[name])
    for name in order[:SHOWN]:
        print(f"{name:40} {one[name]:9.3f} {other[name]:9.3f}  {_apart(one[name], other[name]):+7.1%}")
    over = [name for name in order if apart[name] > MOST]
    print(f"{len(order)} ratios, {len(over)} apart by more than {MOST:.0%}")
    return {
        "ratios": len(order),
        "over": over,
        "most": apart[order[0]] if order else 0.0,
        "name": order[0] if order else "",
        "median": statistics.median(apart.values()) if order else 0.0,
    }


def _apart(one: float, other: float) -> float:
    """How much larger the second is, as a share of the smaller."""
    return (other - one) / min(abs(one), abs(other)) if one and other else 0.0
