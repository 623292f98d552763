"""PUBLIC_URL: the address that people use, written as a browser writes where a page comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

from .environment import BadSetting
from .speech import gettext_noop as _

DEFAULT_PORTS = {"http": 80, "https": 443}


def parse_public_url(text: str) -> str:
    """Return scheme, name and port, without what a browser leaves out. Raises BadSetting.

    The program lives at the root of its name: pages, cookies and sockets know no path before theirs.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadSetting(_("PUBLIC_URL is no address: %(why)s."), why=error) from error
    if parts.scheme not in DEFAULT_PORTS or not host:
        raise BadSetting(
            _("PUBLIC_URL has to begin with http:// or https:// and a name, as in https://workshops.example.org.")
        )
    if "@" in parts.netloc:
        raise BadSetting(_("PUBLIC_URL cannot hold a name or a password of somebody."))
    if parts.path.strip("/") or parts.query or parts.fragment:
        rest = text.strip().partition("://")[2].partition("/")[0]
        raise BadSetting(
            _(
                "PUBLIC_URL cannot have a path: the program lives at the root of its address, %(root)s. "
                "Give it a name of its own."
            ),
            root=f"{parts.scheme}://{rest}",
        )
    return f"{parts.scheme}://{_plain(host)}" + (f":{port}" if port and port != DEFAULT_PORTS[parts.scheme] else "")


def _plain(host: str) -> str:
    """Return the name as it stands in an Origin: in lower case, and in ASCII."""
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise BadSetting(_("PUBLIC_URL has no usable name: %(host)s."), host=host) from error
