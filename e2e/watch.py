"""What a browser complains about: errors in the console, what the CSP refused, what did not load, who else was asked."""

from urllib.parse import urlsplit

REPORT_REFUSALS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP refused ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


class Watch:
    """Listens to all pages of a context; `trouble` is what it heard.

    A page that answers 4xx is what a test asked for and looks at; a picture or a script that does is trouble, and so is
    a page that answers 5xx.
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
        if (
            response.status < 400 or response.request.service_worker
        ):  # the page it fetches for answers the same
            return
        if response.request.is_navigation_request() and response.status < 500:
            self.refused.add(response.url)
        else:
            self.trouble.append(f"{response.status}: {response.url}")

    def failed(self, request):
        if (
            request.failure == "net::ERR_ABORTED"
        ):  # the page was left before it came, or it is a file to keep
            return
        self.trouble.append(f"failed: {request.method} {request.url} {request.failure}")
