"""What daphne serves: pages by Django; sockets, and the same over HTTP, by the live floor."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreation.settings")

import django

django.setup()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - Django's apps must be ready first

from sessions.live.long_poll_app import LongPollApp  # noqa: E402
from sessions.live.socket_app import SocketApp  # noqa: E402
from sessions.views.handler import make_pages  # noqa: E402

application = ProtocolTypeRouter({"http": LongPollApp(make_pages()), "websocket": SocketApp()})
