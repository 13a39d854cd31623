"""The plots of the page, from the figures of one run: ratios with their range, growth, stages, cold starts. SVG, by matplotlib."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot as plt

OWN, OTHER, PURE = "#0b6e4f", "#8a8f98", "#6fb98f"
STAGES = ("#0b6e4f", "#3a86a8", "#e0a030", "#b5483a", "#7a5c99", "#8a8f98")


def write_plots(result: dict[str, Any], folder: Path) -> None:
    """All plots into a folder; the same figures give the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    style = {"svg.hashsalt": "vnadmin", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    with plt.rc_context(style):
        for name, draw in (("ratios", _ratios), ("growth", _growth), ("stages", _stages), ("cold", _cold)):
            figure = draw(result)
            if figure is not None:
                figure.savefig(folder / f"{name}.svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
                plt.close(figure)


def _ratios(result: dict[str, Any]) -> Any:
    rows = [
        (f"{name}: {driver}", row["ratio"], row["ratio_least"], row["ratio_most"], driver)
        for name, found in result.get("formats", {}).items()
        for driver, row in found["contestants"].items()
        if driver not in ("vnadmin", "vnadmin-source")
    ]
    if not rows:
        return None
    figure, axes = plt.subplots(figsize=(7, 0.25 * len(rows) + 0.8))
    for place, (_, ratio, least, most, driver) in enumerate(reversed(rows)):
        colour = PURE if driver == "vnadmin-pure" else OTHER
        axes.plot([least, most], [place, place], color=colour, linewidth=2, solid_capstyle="round")
        axes.plot([ratio], [place], "o", color=OWN if ratio <= 1 else "#b5483a", markersize=5)
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xscale("log")
    axes.set_yticks(range(len(rows)), [row[0] for row in reversed(rows)])
    axes.set_xlabel("time of vnadmin, all fields / time of this one (left of 1: vnadmin is faster)")
    return figure


def _growth(result: dict[str, Any]) -> Any:
    found = result.get("growth", {})
    if not found:
        return None
    figure, axes = plt.subplots(1, 2 * len(found), figsize=(3 * 2 * len(found), 2.6), squeeze=False)
    for place, (what, row) in enumerate(found.items()):
        for half, (key, unit, scale) in enumerate((("time", "seconds", 1.0), ("memory", "MB", 1e-6))):
            chart = axes[0][2 * place + half]
            series = row["seconds" if key == "time" else "memory"]
            sizes = [float(size) for size in series]
            chart.loglog(sizes, [value * scale for value in series.values()], "o-", color=OWN)
            chart.set_title(f"{unit}: exponent {row[f'slope_{key}_upper']:.2f}")
            chart.set_xlabel(what)
    figure.tight_layout()
    return figure


def _stages(result: dict[str, Any]) -> Any:
    found = result.get("formats", {})
    if not found:
        return None
    figure, axes = plt.subplots(figsize=(7, 0.35 * len(found) + 0.9))
    names = list(reversed(found))
    left = [0.0] * len(names)
    for colour, stage in zip(STAGES, next(iter(found.values()))["stages"], strict=False):
        shares = [100 * found[name]["stages"][stage] / sum(found[name]["stages"].values()) for name in names]
        axes.barh(names, shares, left=left, color=colour, label=stage)
        left = [before + share for before, share in zip(left, shares, strict=True)]
    axes.set_xlabel("% of a parse")
    axes.legend(ncols=6, loc="upper center", bbox_to_anchor=(0.5, 1.25), frameon=False, fontsize=8)
    return figure


def _cold(result: dict[str, Any]) -> Any:
    rows = [
        (f"{name}: {driver}", row)
        for name, measured in result.get("cold", {}).items()
        for driver, row in measured.items()
    ]
    if not rows:
        return None
    figure, axes = plt.subplots(1, 2, figsize=(9, 0.22 * len(rows) + 0.8), sharey=True)
    names = [name for name, _ in reversed(rows)]
    colours = [OWN if "vnadmin" in name else OTHER for name in names]
    for chart, key, label, scale in ((axes[0], "seconds", "seconds", 1.0), (axes[1], "peak", "peak MB", 1e-6)):
        chart.barh(names, [row[key] * scale for _, row in reversed(rows)], color=colours)
        chart.set_xlabel(label)
    return figure
