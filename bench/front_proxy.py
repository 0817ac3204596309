"""A front proxy as in docs/operations.md without TLS: it adds X-Forwarded-Proto: https.

with front_proxy(site) as proxy:
    http://localhost:<proxy.port>/
"""

import http.client
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "server", "date"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {
            name: value for name, value in self.headers.items() if name.lower() != "connection"
        }
        headers |= {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "127.0.0.1",
            "Connection": "close",
        }
        site = http.client.HTTPConnection("127.0.0.1", self.server.site, timeout=60)
        try:
            site.request(self.command, self.path, body, headers)
            self.give(answer := site.getresponse(), answer.read())
        finally:
            site.close()

    do_GET = do_POST = pass_on

    def give(self, answer, body):
        headers = [pair for pair in answer.getheaders() if pair[0].lower() not in HOP_BY_HOP]
        self.send_response_only(answer.status, answer.reason)
        for name, value in [*headers, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.server.sent[self.path] += (
            sum(map(len, self._headers_buffer)) + len(b"\r\n") + len(body)
        )
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site):
        super().__init__(("127.0.0.1", 0), Handler)
        self.site, self.sent = site, Counter()

    @property
    def port(self):
        return self.server_port


@contextmanager
def front_proxy(site):
    with Proxy(site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
