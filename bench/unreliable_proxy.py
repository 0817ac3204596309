"""A TCP proxy on the way to a site that loses what it is told to lose, as a phone in a basement does.

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
    """Serves one connection at a time. `loses` is for the next one only: "", "request" or "response"."""

    def __init__(self, listening, port):
        self.listening, self.site = listening, port
        self.port = listening.getsockname()[1]
        self.loses = ""

    def serve(self):
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:  # closed: the work is done
                return
            with client, contextlib.suppress(OSError):
                client.settimeout(PATIENCE)
                self.serve_one(client)

    def serve_one(self, client):
        loses, self.loses = self.loses, ""
        request = read_request(client)
        answer = b"" if loses == "request" else self.asked(request)
        if loses:
            # No goodbye: what the client hears is that the connection is gone.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            client.sendall(answer)

    def asked(self, request):
        """The site's whole answer; it closes the connection when it has given it."""
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
    """A Proxy to the site on `port` of 127.0.0.1, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        proxy = Proxy(listening, port)
        thread = threading.Thread(target=proxy.serve)
        thread.start()
        try:
            yield proxy
        finally:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)  # wakes the thread out of accept
            listening.close()
            thread.join(timeout=10)
