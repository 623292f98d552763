"""What daphne serves: pages by Django; sockets, and the same over HTTP, by the live floor."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - Django's apps must be ready first

from sessions.live.gate import SocketGate  # noqa: E402
from sessions.live.http_gate import HttpGate  # noqa: E402
from sessions.views.handler import make_pages  # noqa: E402

application = ProtocolTypeRouter({"http": HttpGate(make_pages()), "websocket": SocketGate()})
