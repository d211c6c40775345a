"""What all models of a scenario are made of: the base, and the kinds of values that their fields hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Title = Annotated[str, StringConstraints(min_length=1, max_length=90)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=1200)]
Unit = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=1e9)]
NotNegative = Annotated[float, Field(ge=0, le=1e9)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Quarter = Annotated[int, Field(ge=1, le=40)]
Hours = Annotated[int, Field(ge=0, le=400, multiple_of=10)]


class Model(BaseModel):
    """Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)
