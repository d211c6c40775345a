"""How an event is declared: a class with typed fields, and a line of the log that holds them.

A field without a default always stands in the log, as null where it is None. One with the default None came later, or
is told only where there is something to tell; it is left out where it is None.
"""

from collections.abc import Iterable
from inspect import get_annotations
from typing import Any, ClassVar, Literal, TypeVar, dataclass_transform, get_origin

Audience = Literal["player", "debrief"]


FIELDS: set[str] = set()
"""The names of all declared fields."""


def _of_the_class(kind: Any) -> bool:
    """Whether an annotation is of the class itself, and of no event."""
    origin: object = get_origin(kind)
    return origin is ClassVar


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Declared:
    """Frozen data with declared fields. A dataclass in all but how it is made: forty of those would cost every start a
    tenth of a second."""

    fields: ClassVar[dict[str, Any]] = {}
    """What each field may hold, by name."""
    needed: ClassVar[frozenset[str]] = frozenset()
    """Fields without a default."""

    def __init_subclass__(cls) -> None:
        own = {name: kind for name, kind in get_annotations(cls).items() if not _of_the_class(kind)}
        cls.fields = {**cls.fields, **own}
        FIELDS.update(own)
        cls.needed = frozenset(name for name in cls.fields if not hasattr(cls, name))

    def __init__(self, **values: Any) -> None:
        if not self.needed <= values.keys() <= self.fields.keys():
            wrong = sorted((self.needed - values.keys()) | (values.keys() - self.fields.keys()))
            raise TypeError(f"{type(self).__name__} needs or does not know: {', '.join(wrong)}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; {name} cannot be set")

    def __eq__(self, other: object) -> bool:
        same = type(self) is type(other)
        return same and (self.__dict__ == other.__dict__ or self.plain() == other.plain())  # type: ignore[attr-defined]

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    def plain(self) -> dict[str, Any]:
        """The fields as JSON data."""
        needed = self.needed
        return {name: _plain(value) for name, value in self.__dict__.items() if value is not None or name in needed}


class Event(Declared):
    """One thing that happened. Names, never positions; money in whole cents. What is for the player holds nothing that
    was not public or learned; what only a debrief may know is told to the ``debrief``."""

    kind: ClassVar[str]
    """As the log calls it."""
    told_to: ClassVar[Audience]
    """The log's ``audience``."""

    def __init_subclass__(cls, kind: str = "", audience: Audience = "player") -> None:
        super().__init_subclass__()
        if kind:
            cls.kind, cls.told_to = kind, audience
            KINDS[kind] = cls

    def to_dict(self) -> dict[str, Any]:
        """The event as a log line holds it."""
        return {"kind": self.kind, "audience": self.told_to, "data": self.plain()}


KINDS: dict[str, type[Event]] = {}
"""Every kind of event by its name in the log."""
E_ = TypeVar("E_", bound=Event)


def of(kind: type[E_], events: Iterable[Event]) -> list[E_]:
    """The events of one kind, in their order."""
    return [event for event in events if isinstance(event, kind)]


def _plain(value: Any) -> Any:
    if isinstance(value, Declared):
        return value.plain()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
