"""The one way a form is written: once, in the programme it was drawn for, with nothing typed lost.

`WriteGuard` is middleware; a view needs to do nothing for it. Forms carry the hidden fields of
`{% write_fields %}`.
"""

import re
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localtime

from cases import params, questions
from cases.models import Submission
from cases.roles import programmes_by_slug
from web import expired_session
from web.characters import remove_hidden
from web.work_first import in_transaction

KEY, PROGRAMME, AUTHOR, CSRF = "form_key", "form_programme", "author", "csrfmiddlewaretoken"
CHOICE = "indsats"  # in an address: the programme to change to
TECHNICAL = {KEY, PROGRAMME, AUTHOR, CSRF}
CODE = re.compile(r"[a-z_]*")
UNSHOWN = {"drawn", "submit_key", "set", "revision"}  # hidden fields of forms

# Posted to and not guarded, each with its reason.
UNGUARDED = {
    "mentees": "a search: posted so that a name stands in no address, writes nothing",
}
# Guarded but for the key; they show the form again themselves after the session had expired.
WITH_KEY_IN_ROW = {
    "record_meeting": "the meeting has the form's key itself (Meeting.submit_key)",
    "correct_meeting": "the same, and a version is corrected once (Meeting.replaces)",
}
# Only asked whether the programme is the form's.
WITH_OWN_TRANSACTION = {
    "import_register": "starts a process for a large file; rows imported before are recognised",
}
# Guarded, and the form may write in others of the user's programmes: all are locked, in the order
# of their keys, so that two of these never wait for each other.
WITH_OTHER_PROGRAMMES = {
    "close_programme": "moves a young person on: one row ends, and another begins there",
}
# Not guarded, and in no transaction either.
WITHOUT_TRANSACTION = {
    "account_reset_password": "writes nothing, and may wait for a mail server",
    "openid_connect_login": "writes no more than the session, and waits for the provider",
    "account_end_sessions": "may ask who it is first, by an exception that allauth answers",
}
# They have no programme.
OWN_ACCOUNT = ("account_", "mfa_", "openid_connect_", "saml_")


def fields_of(request, slug=None, key=None):
    """`slug`: the form's programme; None for the request's own. `key`: None for a new one."""
    if slug is None:
        slug = slug_of(request)
    if not hasattr(request, "form_author"):  # signed once for all the forms of a page
        request.form_author = expired_session.author(request.user)
    return {
        KEY: str(key or uuid4()),
        PROGRAMME: slug,
        AUTHOR: request.form_author,
    }


def is_guarded(user, name):
    return user.is_authenticated and name not in UNGUARDED and not name.startswith(OWN_ACCOUNT)


class WriteGuard:
    """Must be the last middleware: signing in and CSRF have been checked before."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Guard a POST that writes, in a transaction; None leaves it to the view."""

        def answer():
            return view(request, *args, **kwargs)

        name = request.resolver_match.url_name or ""
        if not is_guarded(request.user, name):
            opens_its_own = name in WITHOUT_TRANSACTION or name.startswith("mfa_")  # or as above
            if request.method != "POST" or opens_its_own:
                return None
            with transaction.atomic():
                return answer()
        if request.method not in ("GET", "POST"):
            return None
        if request.method == "GET":
            if name in WITH_KEY_IN_ROW:
                return show_again(request, answer)
            if name in WITH_OWN_TRANSACTION:
                return None
            typed = expired_session.take(request)
            return signed_out(request, typed) if typed else None
        request.POST = without_hidden(request.POST)
        try:
            return self.answer_post(request, name, answer)
        except Refused as refused:
            return refused.response
        except (Http404, PermissionDenied) as error:
            return no_access(request, error, request.POST)

    def answer_post(self, request, name, answer):
        drawn_for, chosen = request.POST.get(PROGRAMME), slug_of(request)  # or Http404
        if name in WITH_OWN_TRANSACTION:
            is_other = drawn_for is not None and drawn_for != chosen
            return other_programme(request, drawn_for) if is_other else None
        key = uuid_of(request.POST)
        if drawn_for is None or (key is None and name not in WITH_KEY_IN_ROW):
            return incomplete(request)

        def write(work_done):
            request.work_done = work_done
            if name in WITH_KEY_IN_ROW:
                return self.write(request, answer)
            return self.write_once(request, key, answer)

        return in_transaction(write)

    def write_once(self, request, key, answer):
        """A key that is claimed already is answered as the first time."""
        fields = [(k, v) for k, v in request.POST.lists() if k not in TECHNICAL]
        submission, is_new = Submission.objects.claim(
            key, by=request.user, path=request.path, fields=fields
        )
        if not is_new:
            return answer_again(request, submission, fields)
        response = self.write(request, answer)
        told = queued_messages(request)
        if response.status_code != 302 or any(m.level >= messages.WARNING for m in told):
            submission.delete()  # nothing was saved: the form may be sent again
            return response
        submission.programme = request.programme or None
        submission.location = response.url
        submission.message_tags = "".join(message.extra_tags or "" for message in told[:1])
        submission.save(update_fields=["programme", "location", "message_tags"])
        return response

    def write(self, request, answer):
        """Raise Refused if the form was drawn for another programme."""
        drawn_for = request.POST[PROGRAMME]
        for key in keys_to_lock(request, drawn_for):
            list(questions.locked(programme=key))  # two at once write one after the other
        try:
            response = answer()
        except (Http404, PermissionDenied):
            if is_other_programme(request, drawn_for):
                raise Refused(other_programme(request, drawn_for)) from None
            raise
        if drawn_for != slug_of(request):
            raise Refused(other_programme(request, drawn_for))
        if response.status_code == 302:
            store_messages(request, response)
        return response


def keys_to_lock(request, drawn_for):
    """Return the keys of the programmes that may be written in, in order."""
    by_slug = programmes_by_slug(request.user)
    if drawn_for not in by_slug:
        return []
    if request.resolver_match.url_name in WITH_OTHER_PROGRAMMES:
        return sorted(programme.pk for programme in by_slug.values())
    return [by_slug[drawn_for].pk]


def without_hidden(posted):
    """A paste brings characters that nobody sees."""
    shown = posted.copy()
    for name, values in posted.lists():
        shown.setlist(name, [remove_hidden(value) for value in values])
    return shown


def slug_of(request):
    return request.programme.slug if request.programme else ""


def is_other_programme(request, slug):
    return slug in programmes_by_slug(request.user) and slug != slug_of(request)


def uuid_of(posted):
    try:
        return UUID(posted.get(KEY, ""))
    except ValueError:
        return None


class Refused(Exception):
    """Rolls the view's transaction back."""

    def __init__(self, response):
        super().__init__()
        self.response = response


def queued_messages(request):
    """Not read openly: that would mark them shown."""
    return messages.get_messages(request)._queued_messages


def store_messages(request, response):
    """In the transaction of what they tell about."""
    storage = messages.get_messages(request)
    storage.update(response)
    storage.added_new = False
    if request.session.modified:
        request.session.save()
        request.session.modified = False


def answer_again(request, submission, fields):
    """The key was used before: saved already, or the same page with other text."""
    if submission.user_id == request.user.pk and submission.is_same(fields):
        tags = submission.message_tags
        messages.success(request, "Allerede gemt. Det står der én gang.", extra_tags=tags)
        return redirect(submission.location)
    saved_at = localtime(submission.recorded_at)
    return kept_page(
        request,
        "Formularen er gemt før",
        f"Den blev gemt kl. {saved_at:%H.%M}. Det, du har sendt nu, er ikke det samme.",
        "Vil du gemme det nye også?",
        button="Gem det nye også",
        status=409,
    )


def other_programme(request, slug):
    """The form was drawn for another programme than it would be written in."""
    drawn_for = programmes_by_slug(request.user).get(slug)
    button = ""
    if drawn_for is None:
        sentence = "Formularen hører til en indsats, du ikke længere er med i."
    else:
        sentence = (
            f"Formularen hører til {drawn_for}, men du har valgt {request.programme}, "
            "måske i et andet vindue."
        )
        if not request.FILES:  # a file cannot be sent again from here
            button = f"Skift til {drawn_for}, og gem"
    return kept_page(
        request,
        "Du har skiftet indsats",
        f"{sentence} Intet er gemt.",
        button=button,
        programme=drawn_for,
        status=409,
    )


def incomplete(request):
    """Without its hidden fields: an empty form, or one drawn before an upgrade."""
    return kept_page(
        request,
        "Formularen var ikke hel",
        "Siden var ikke hentet helt, eller den er for gammel. Intet er gemt.",
        button="Gem nu",
        status=400,
    )


def signed_out(request, typed):
    """Show a form sent after the session had expired; the user has signed in again.

    It keeps its key: the answer may have been lost after it was saved.
    """
    return kept_page(
        request,
        "Det blev ikke sendt",
        "Det, du skrev, er her endnu. Send det igen: Det samme gemmes kun én gang.",
        button="Gem nu",
        data=typed,
        key=uuid_of(typed),
    )


def show_again(request, answer):
    """Show the view's form, or what was sent if the user may not see it any longer."""
    try:
        return answer()
    except (Http404, PermissionDenied) as error:
        typed = expired_session.take(request)
        if typed is None:
            raise
        return no_access(request, error, typed)


def no_access(request, error, typed):
    """404 or 403 with what was typed: a membership or a match may have ended meanwhile."""
    is_missing = isinstance(error, Http404)
    sentences = [
        "Intet er gemt. Siden findes ikke, eller du har ikke længere adgang til den.",
        "Skal det, du skrev, bruges, så kopiér det, og giv det til din tovholder.",
    ]
    about = request.GET.get(params.MENTEE, "")  # of a meeting, whose text the phone has kept
    if about:
        sentences.append("Det ligger ikke længere som kladde på telefonen.")
    return kept_page(
        request,
        "Siden findes ikke" if is_missing else "Du har ikke adgang til siden",
        *sentences,
        data=typed,
        no_drafts_about=about,
        status=404 if is_missing else 403,
    )


def kept_page(
    request,
    title,
    *sentences,
    button="",
    data=None,
    programme=None,
    key=None,
    no_drafts_about="",
    status=200,
):
    """Show what was typed, why it is not saved and, with a `button`, a form that sends it again.

    `programme`: the one to send it in; None: the form's own. `key`: None for a new one.
    `no_drafts_about`: the uuid of somebody of whom the phone shall keep no draft any more.
    """
    queued_messages(request).clear()  # of a view that was rolled back
    data = request.POST if data is None else data
    posted = [(k, v) for k, values in data.lists() if k not in TECHNICAL for v in values]
    query = request.GET.copy()
    if programme:
        query[CHOICE] = programme.slug
    context = {
        "title": title,
        "sentences": sentences,
        "typed": typed_texts(posted, with_codes=not button),
        "fields": posted,
        "button": button,
        "address": f"{request.path}?{query.urlencode()}" if query else request.path,
        "slug": programme.slug if programme else data.get(PROGRAMME),
        "key": key,
        "no_drafts_about": no_drafts_about,
    }
    return render(request, "kept_form.html", context, status=status)


def typed_texts(posted, with_codes=False):
    """What a user wrote, of [(name, value)].

    `with_codes`: also words of small letters, perhaps codes of choices, where the form cannot be
    sent again: rather a code too many than a word lost.
    """
    values = [value for name, value in posted if name not in UNSHOWN and value.strip()]
    return [value for value in values if with_codes or not CODE.fullmatch(value)]
