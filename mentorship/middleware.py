"""Headers for every answer."""


def nothing_is_stored(get_response):
    """Pages with names on them are kept by no browser and no cache in between: a shared phone, the back button, a proxy.

    An answer that already says how it may be cached (a static file, the offline shell) keeps its word.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware
