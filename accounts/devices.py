"""A browser in words, and whether it is a phone, from its User-Agent, which may be made up."""

# The first that occurs in the User-Agent: many browsers also name those they descend from.
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Macintosh": "Mac",
    "Linux": "Linux",
}
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


def device_words(user_agent):
    """Return "iPhone, Safari", or "Ukendt enhed"."""
    found = [
        next((word for mark, word in words.items() if mark in user_agent), None)
        for words in (MACHINES, BROWSERS)
    ]
    return ", ".join(word for word in found if word) or "Ukendt enhed"


def is_phone(user_agent):
    """All phones have "Mobi", tablets and computers do not."""
    return "Mobi" in user_agent and "iPad" not in user_agent
