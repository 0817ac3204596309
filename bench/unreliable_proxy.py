"""A TCP proxy that loses requests or answers, as a phone without a signal does.

with unreliable_proxy(site.port) as proxy:
    proxy.loses = "response"      the next request gets through, its answer does not
"""

import contextlib
import socket
import struct
import threading
from contextlib import contextmanager

LOSES = ("request", "response")
PATIENCE = 60


class Proxy:
    """`loses`: "", "request" or "response", of the next connection only."""

    def __init__(self, listening, port):
        self.listening, self.site = listening, port
        self.port = listening.getsockname()[1]
        self.loses = ""

    def serve(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:  # closed
                return
            with client, contextlib.suppress(OSError):
                client.settimeout(PATIENCE)
                self.serve_one(client)

    def serve_one(self, client):
        loses, self.loses = self.loses, ""
        request = read_request(client)
        answer = b"" if loses == "request" else self.asked(request)
        if loses:
            # Closed without an answer.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            client.sendall(answer)

    def asked(self, request):
        with socket.create_connection(("127.0.0.1", self.site), timeout=PATIENCE) as site:
            site.sendall(request)
            return b"".join(iter(lambda: site.recv(65536), b""))


def read_request(client):
    data = b""
    while b"\r\n\r\n" not in data:
        data += received(client)
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [
        line.split(b":")[1]
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    while len(body) < int(lengths[0] if lengths else 0):
        body += received(client)
    return head + b"\r\n\r\n" + body


def received(client):
    part = client.recv(65536)
    if not part:
        raise ConnectionError("the client went away in the middle of a request")
    return part


@contextmanager
def unreliable_proxy(port):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        proxy = Proxy(listening, port)
        thread = threading.Thread(target=proxy.serve)
        thread.start()
        try:
            yield proxy
        finally:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)  # ends accept in the thread
            listening.close()
            thread.join(timeout=10)
