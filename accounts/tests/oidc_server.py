"""An OpenID provider for the tests: a real HTTP server with keys of its own.

It checks what a provider checks (client, redirect address, code, PKCE); `claims`, `signs` and
`answers` let a test make it lie.
"""

import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "mentorindsats", "hemmelig"


class OIDCServer:
    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims = {}  # instead of, or besides, those of an honest token; None leaves one out
        self.sign = self.signed
        self.answers = {}  # {path: (status, headers, body)} instead of its own
        self.metadata = {}  # instead of, or besides, its own
        self.codes = {}  # {code: query of the authorization request}
        self.asked = []  # paths
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.handle(self, "")

            def do_POST(self):
                server.handle(self, self.rfile.read(int(self.headers["Content-Length"])).decode())

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=[0.02], daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def handle(self, handler, body):
        url = urlsplit(handler.path)
        self.asked.append(url.path)
        if url.path in self.answers:
            status, headers, text = self.answers[url.path]
        else:
            pages = {
                "/.well-known/openid-configuration": self.discovery,
                "/keys": self.keys,
                "/authorize": self.authorize,
                "/token": self.token,
            }
            query = {name: values[0] for name, values in parse_qs(url.query or body).items()}
            status, headers, text = pages[url.path](query, handler.headers)
        handler.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | headers).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(text.encode())

    def discovery(self, query, headers):
        own = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
        return 200, {}, json.dumps(own | self.metadata)

    def keys(self, query, headers):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return 200, {}, json.dumps({"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]})

    def authorize(self, query, headers):
        """Somebody has signed in here: back to the site with a code."""
        assert query["client_id"] == CLIENT and query["response_type"] == "code"
        code = f"code{len(self.codes)}"
        self.codes[code] = query
        back = urlencode({"code": code, "state": query["state"]})
        return 302, {"Location": f"{query['redirect_uri']}?{back}"}, ""

    def token(self, query, headers):
        client = b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
        asked = self.codes.pop(query["code"], None)  # a code works once
        challenge = urlsafe_b64encode(sha256(query["code_verifier"].encode()).digest())
        if (
            client != f"{CLIENT}:{SECRET}"
            or asked is None
            or asked["redirect_uri"] != query["redirect_uri"]
            or asked["code_challenge_method"] != "S256"
            or asked["code_challenge"] != challenge.decode().rstrip("=")
        ):
            return 400, {}, json.dumps({"error": "invalid_grant"})
        honest = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "subject-of-mette",
            "exp": int(time.time()) + 300,
            "iat": int(time.time()),
            "nonce": asked["nonce"],
            "email": "mette@example.dk",
            "email_verified": True,
            "name": "Et Andet Navn",
        }
        claims = {k: v for k, v in (honest | self.claims).items() if v is not None}
        answer = {"access_token": "a", "refresh_token": "r", "token_type": "Bearer"}
        return 200, {}, json.dumps(answer | {"id_token": self.sign(claims)})

    def signed(self, claims):
        return jwt.encode(claims, self.key, "RS256", headers={"kid": "1"})
