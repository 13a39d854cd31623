"""ReviewSettings: how many documents the review page holds, and for how long; `VNADMIN_REVIEW_*` variables."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ReviewSettings(BaseSettings):
    """What an operator can choose for the review page. Each field `x` is the variable `VNADMIN_REVIEW_X`."""

    model_config = SettingsConfigDict(env_prefix="VNADMIN_REVIEW_", frozen=True, extra="ignore")

    workers: int = Field(default=2, ge=1, description="Processes that read documents opened on the page.")
    seconds: float = Field(default=1800.0, gt=0, description="Time limit for one document; scans take long.")
    keep_minutes: float = Field(
        default=60.0, gt=0, description="Minutes without use after which a document is forgotten."
    )
    max_open: int = Field(default=200, ge=1, description="Documents open at the same time; past that the page says so.")
    max_mb: int = Field(default=1024, ge=1, description="Memory that the files of open documents may take in all.")
    dpi: int = Field(default=130, ge=40, le=300, description="Resolution of the page pictures.")
