"""Collect a browser's complaints: console errors, CSP refusals, failed and foreign requests."""

from urllib.parse import urlsplit

REPORT_REFUSALS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP refused ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


class Watch:
    """Listen to all pages of a context and collect complaints in `trouble`.

    A page that answers 4xx is no trouble, as tests open such pages; a file that does, or a page
    that answers 5xx, is.
    """

    def __init__(self, context, origin):
        self.origin = urlsplit(origin).netloc
        self.trouble = []
        self.refused = set()  # addresses of pages that answered 4xx
        context.add_init_script(REPORT_REFUSALS)
        context.on("console", self.console)
        context.on("weberror", lambda error: self.trouble.append(f"script: {error.error}"))
        context.on("request", self.request)
        context.on("response", self.response)
        context.on("requestfailed", self.failed)

    def console(self, message):
        if message.type not in ("error", "warning"):
            return
        where = message.location["url"]
        if message.text.startswith("Failed to load resource") and where in self.refused:
            return
        self.trouble.append(f"console: {message.text} ({where})")

    def request(self, request):
        url = urlsplit(request.url)
        if url.scheme != "data" and url.netloc != self.origin:
            self.trouble.append(f"another host: {request.url}")

    def response(self, response):
        # The page that a service worker fetches for answers the same.
        if response.status < 400 or response.request.service_worker:
            return
        if response.request.is_navigation_request() and response.status < 500:
            self.refused.add(response.url)
        else:
            self.trouble.append(f"{response.status}: {response.url}")

    def failed(self, request):
        # The page was left before the answer came, or the answer is a download.
        if request.failure == "net::ERR_ABORTED":
            return
        self.trouble.append(f"failed: {request.method} {request.url} {request.failure}")
