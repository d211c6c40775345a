"""What all models of a scenario are made of: the base, and the kinds of values that their fields hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as is_

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Title = Annotated[str, StringConstraints(min_length=1, max_length=90)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=1200)]

MOST: Final = 1e9
"""The largest number that an author may write."""
RECORDED: Final = "recorded"
"""The context in which a log's scenario is read: it was played, so `Within` takes what earlier kamsims took."""


@dataclass(frozen=True)
class Within:
    """What a number may be so that the engine can count with it and the player's moves reach it, both included."""

    low: float
    high: float

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The bounds for authors; any share, or any number up to `MOST`, in a scenario that was recorded."""
        number: Any = handler(source)
        most = MOST if self.high > 1 else 1
        recorded = SchemaValidator({"type": number["type"], "ge": 0, "le": most, "allow_inf_nan": False})

        def check(value: Any, within: is_.ValidatorFunctionWrapHandler, info: is_.ValidationInfo[Any]) -> Any:
            return recorded.validate_python(value, strict=True) if info.context == RECORDED else within(value)

        return is_.with_info_wrap_validator_function(check, {**number, "ge": self.low, "le": self.high})


MOST_DISCOUNT: Final = 0.9
"""The deepest discount that a move can give, and a scenario begin with."""
MOST_REBATE: Final = 0.2
"""The largest rebate, likewise."""

Unit = Annotated[float, Field(ge=0, le=1)]
Price = Annotated[float, Within(0.01, MOST)]
"""Money for one thing; books are kept in cents."""
Units = Annotated[float, Within(0.001, MOST)]
"""Of a product, or of work, in a quarter."""
Factor = Annotated[float, Within(0.01, 1000)]
"""On something that is 1 as a rule."""
Weight = Annotated[float, Within(0, 1000)]
"""Beside others of its kind; economics B2 has them below 1."""
NotNegative = Annotated[float, Field(ge=0, le=MOST)]
Signed = Annotated[float, Field(ge=-1, le=1)]
Quarter = Annotated[int, Field(ge=1, le=40)]
Spread = Annotated[int, Field(ge=0, le=3)]
"""Quarters that something may come earlier or later than written, each as likely; drawn for each session."""
Hours = Annotated[int, Field(ge=0, le=400, multiple_of=10)]
Discount = Annotated[float, Within(0, MOST_DISCOUNT)]
Rebate = Annotated[float, Within(0, MOST_REBATE)]


class Model(BaseModel):
    """Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)
