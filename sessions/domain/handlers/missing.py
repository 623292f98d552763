"""What a later result still needs, in words of both languages: a refusal is read in the language of its reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...models import Sector


def tell_missing(*, missing: Mapping[frozenset[str], int], sectors: Sequence[Sector]) -> dict[str, str]:
    """Return language → how many ballots each group lacks. `missing`: sector ids that stand together → how many."""
    told: dict[str, list[str]] = {"nl": [], "en": []}
    for block, lacks in missing.items():
        found = [sector for sector in sectors if sector.public_id in block]
        for language, names in (("nl", [s.name_nl for s in found]), ("en", [s.name_en for s in found])):
            told[language].append(f"{' + '.join(names)} {lacks}")
    return {language: ", ".join(parts) for language, parts in told.items()}
