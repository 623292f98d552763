"""Internals of daphne, autobahn and twisted that this program reads or overrides although they are not public API.

tests/live/test_vendor_internals.py holds them against the installed versions: a new version that lacks one fails there
first, and not in a room. It also reads this folder for names that are missing here. No other folder imports these
packages.
"""

from __future__ import annotations

CHANNEL = (
    *("_dataBuffer", "_finishRequestBody", "_handlingRequest", "_networkProducer", "_path"),
    *("_respondToBadRequestAndDisconnect", "_transferDecoder", "allContentReceived", "allHeadersReceived", "length"),
    *("maxHeaders", "persistent", "rawDataReceived", "requestDone", "requestFactory", "requests", "totalHeadersSize"),
    *("write", "writeSequence"),
)
"""Of twisted's HTTPChannel (requests.py)."""
REQUEST = (
    *("_response_started", "channel", "content", "gotLength", "handle_exception", "handleContentChunk", "process"),
    *("requestHeaders", "responseHeaders"),
)
"""Of twisted's and daphne's request (requests.py)."""
WEBSOCKET = (
    *("_cancelAutoPingTimeoutCall", "_connectionMade", "_perMessageCompress", "autoPingTimeoutCall", "consumeData"),
    *("current_frame", "data", "inside_message", "muted", "onConnect", "onFrameBegin", "onMessageBegin"),
    *("onMessageEnd", "onMessageFrameBegin", "onMessageFrameData", "onMessageFrameEnd", "onPing", "processData"),
    *("application_queue", "last_ping", "state"),
)
"""Of daphne's and autobahn's socket (inbound.py)."""
TRANSPORT = (
    *("TLS", "_tempDataLen", "abortConnection", "dataBuffer", "disconnecting", "loseWriteConnection", "offset"),
    *("pauseProducing", "resumeProducing", "socket"),
)
"""Of twisted's TCP server connection (wire.py, requests.py)."""
SERVER = (
    *("application_checker", "check_headers_type", "connections", "create_application", "http_factory"),
    *("kill_all_applications", "listen_success", "protocol_disconnected", "ws_factory"),
)
"""Of daphne's server (server.py)."""
