"""The product's settings with the channel layer that Channels' tutorial uses in one process."""

from cocreation.settings import *  # noqa: F403

CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 100_000}}}
