"""The addresses of single sign-on: allauth's views, a 404 where it is not set up."""

from functools import wraps

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from requests import RequestException

from accounts.provider import BadToken, OIDCAdapter
from accounts.social_adapter import refuse

SLUG = "saml"  # for allauth, which could have several providers
LARGEST_ANSWER = 200_000  # of a SAML provider, in bytes


def of_provider(kind):
    """Whatever the one provider of that kind cannot answer is a sentence."""

    def decorate(view):
        @login_not_required
        @wraps(view)
        def answer(request, **slug):
            apps = get_adapter().list_apps(request, provider=kind)
            if not apps:
                raise Http404
            provider = apps[0].get_provider(request)
            try:
                return told_why(view, request, provider)
            except ImmediateHttpResponse as refused:
                return refused.response

        return answer

    return decorate


def told_why(view, request, provider):
    try:
        return view(request, provider)
    except RequestException:
        refuse(request, provider, "provider_down")
    except PermissionDenied:
        refuse(request, provider, "not_asked_for")
    except BadToken as error:
        refuse(request, provider, str(error))


@of_provider("openid_connect")
def oidc_log_in(request, provider):
    if request.method != "POST" or request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    adapter = OIDCAdapter(request, provider.app.provider_id)
    return OAuth2LoginView.adapter_view(adapter)(request)


@of_provider("openid_connect")
def oidc_callback(request, provider):
    adapter = OIDCAdapter(request, provider.app.provider_id)
    return OAuth2CallbackView.adapter_view(adapter)(request)


def saml_views():
    """Imported late: they need requirements-saml.txt."""
    from allauth.socialaccount.providers.saml import views

    return views


@of_provider("saml")
def saml_log_in(request, provider):
    if request.method != "POST" or request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    named_host(request)
    return saml_views().login(request, organization_slug=SLUG)


@csrf_exempt
@of_provider("saml")
def saml_answer(request, provider):
    """What the provider's page posts. It waits for a request that has our cookie."""
    if request.method != "POST" or len(request.body) > LARGEST_ANSWER:
        refuse(request, provider, "no_answer")
    named_host(request)
    return saml_views().acs(request, organization_slug=SLUG)


@of_provider("saml")
def saml_finish(request, provider):
    try:
        return saml_views().finish_acs(request, organization_slug=SLUG)
    except (ValueError, SyntaxError, KeyError, SuspiciousOperation):
        refuse(request, provider, "not_xml")


@of_provider("saml")
def saml_metadata(request, provider):
    """Without single logout, which is not offered."""
    from allauth.socialaccount.providers.saml.utils import build_saml_config
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    named_host(request)
    config = build_saml_config(request, provider.app.settings, SLUG)
    del config["sp"]["singleLogoutService"]
    metadata = OneLogin_Saml2_Settings(config, sp_validation_only=True).get_sp_metadata()
    return HttpResponse(metadata, content_type="application/samlmetadata+xml")


@login_not_required
def saml_log_out(request, organization_slug):
    """An address that allauth's code asks for; single logout is not offered."""
    raise Http404


def named_host(request):
    """python3-saml reads the header itself, which HTTP/1.0 may leave out."""
    request.META.setdefault("HTTP_HOST", request.get_host())
