"""Headers for every answer."""


def nothing_is_stored(get_response):
    """Pages with names on them are kept by no browser and no cache on the way: a shared phone, the back button.

    An answer that already says how it may be cached (a static file, the offline shell) keeps its word.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware
