"""What simulated people lean to, so that a rehearsal shows O's that agree on some cards and differ on others.

Invented for rehearsals: no statement about any real group.
"""

from __future__ import annotations

import hashlib

_ASPECT = {
    "onderwijs": {"software": 2.0, "both": 1.4},
    "onderzoek": {"software": 2.6, "unsure": 1.2},
    "ondernemers": {"hardware": 2.4, "both": 1.6},
    "overheden": {"hardware": 1.6, "both": 2.0},
}
_PILLAR = {"onderzoek": 1, "onderwijs": 1, "ondernemers": 2, "overheden": 2}


def weigh(*, sector: str, item: str, aspect: str, pillar: int) -> float:
    """Return how much somebody of this O is drawn to a card, above 0; 1 is indifferent.

    Some cards draw everybody, by a hash of their id; on others the O's differ by aspect and pillar.
    """
    draw = hashlib.blake2b(item.encode(), digest_size=1).digest()[0] / 255
    common = 0.4 + 2.2 * draw * draw
    lean = _ASPECT.get(sector, {}).get(aspect, 1.0) * (1.5 if _PILLAR.get(sector) == pillar else 1.0)
    return common * lean
