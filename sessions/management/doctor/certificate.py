"""The certificate that browsers get at PUBLIC_URL: who vouches for it, and for how long."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..running import own_address
from .findings import Finding, warning, well, wrong

PATIENCE_S = 5.0
SOON_DAYS = 14
"""Let's Encrypt's are renewed 30 days before their end."""


def examine_certificate() -> Iterator[Finding]:
    parts = urlsplit(own_address())
    if parts.scheme != "https":
        yield well(_("Not needed: PUBLIC_URL is plain HTTP."))
        return
    host, port = str(parts.hostname), parts.port or 443
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection((host, port), PATIENCE_S) as line,
            context.wrap_socket(line, server_hostname=host) as secure,
        ):
            told = secure.getpeercert() or {}
    except ssl.SSLCertVerificationError as error:
        text = _("Browsers will not trust the certificate of %(host)s: %(why)s.")
        yield wrong(text % {"host": host, "why": error.verify_message})
        return
    except OSError as error:
        text = _("%(host)s could not be reached from here (%(why)s), so its certificate was not looked at.")
        yield warning(text % {"host": host, "why": error.strerror or error})
        return
    days = int((ssl.cert_time_to_seconds(str(told["notAfter"])) - time.time()) // 86_400)
    until = ngettext(
        "The certificate is valid for %(n)d more day.", "The certificate is valid for %(n)d more days.", days
    )
    yield (warning if days < SOON_DAYS else well)(until % {"n": days})
