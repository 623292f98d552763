"""The files that are generated from the protocol's structs: `make types` writes them, `make check` compares them."""

from __future__ import annotations

from pathlib import Path

from ..live import reference, schema, typescript
from ..views import api, api_person, openapi

API = (api.SessionNow, api.NowStep, api.JoinBody, api.Joined, api.Asked, api_person.MoveCodeGiven)
DOCUMENT = Path("docs") / "protocol.md"


def render_files(root: Path) -> dict[Path, str]:
    """Return path → the text that ought to stand there. The document's prose is kept; its tables are made anew."""
    requests = [api.JoinBody]
    answers = [struct for struct in API if struct not in requests]
    others = {"ApiError": openapi.SCHEMAS["Error"]}
    return {
        root / "frontend" / "src" / "lib" / "wire.gen.ts": typescript.render(),
        root / "docs" / "protocol.schema.json": schema.render(requests=requests, answers=answers, others=others),
        root / DOCUMENT: reference.fill((root / DOCUMENT).read_text(), api=API, requests=requests),
    }
