"""A kind that lacks something stops the program; two of one name as well."""

from __future__ import annotations

from typing import Any

import pytest

from sessions.domain.kind import Example, Incomplete, Name, Settings, StepKind, all_kinds, forget, kind_of, register
from sessions.kinds import KINDS, Keys


class NoSettings(Settings, frozen=True):
    """None."""


def declare(**fields: Any) -> StepKind[Any]:
    """Return a whole kind, but for these fields; None: without it."""
    whole = {
        "key": "proof",
        "Settings": NoSettings,
        "words": Name("Proef", "Proof"),
        "examples": (Example("step.open", {}),),
    }
    kept = {name: value for name, value in (whole | fields).items() if value is not None}
    made: StepKind[Any] = type("Proof", (StepKind,), kept)()
    return made


@pytest.mark.parametrize(
    "fields",
    [
        {"key": None},
        {"Settings": None},
        {"Settings": dict},
        {"words": None},
        {"words": Name("Proef", "")},
        {"examples": None},
        {"examples": ()},
        {"frozen": frozenset({"colour"})},
        {"key": "welcome"},
    ],
    ids=str,
)
def test_a_kind_that_lacks_something_is_not_registered(fields: dict[str, Any]) -> None:
    before = list(all_kinds())
    with pytest.raises(Incomplete):
        register(declare(**fields))
    assert list(all_kinds()) == before


def test_a_whole_one_is() -> None:
    kind = declare()
    register(kind)
    try:
        assert kind_of("proof") is kind
    finally:
        forget(kind)
    with pytest.raises(LookupError):
        kind_of("proof")


def test_the_registry_is_the_list() -> None:
    assert list(all_kinds()) == list(KINDS)
    assert [key.value for key in Keys] == [kind.key for kind in KINDS]
