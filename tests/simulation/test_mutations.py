"""The mistakes of `make property ARGS=--mutations` can be made: what they change is still named so."""

from __future__ import annotations

import pytest

from tools.property.mutations import MUTATIONS, Mutation


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.__name__)
def test_it_can_be_made(mutation: Mutation) -> None:
    with pytest.MonkeyPatch.context() as patch:
        mutation(patch)
