import re

from django.core.exceptions import ValidationError

from .models import HousingArea, Programme

EASY = "Adgangskoden er for let at gætte. Brug fx fire tilfældige ord."
LONGEST = 72  # zxcvbn raises an error for longer ones
SAFE = 3  # of zxcvbn's scores 0 to 4: more than 100 million guesses
OURS = {"mentor", "mentorindsats", "indsats", "tovholder", "kommune", "boligområde"}


class HardToGuess:
    """Password validator: estimates guesses with zxcvbn, whose lists hold leaked passwords.

    What an attacker tries first counts as a known word: the user's name and e-mail, and the words
    of the programmes and their areas.
    """

    def validate(self, password, user=None):
        from zxcvbn import zxcvbn  # its lists are 14 MB; few requests need them

        known = [getattr(user, "name", ""), getattr(user, "email", ""), *words_of_programmes()]
        if zxcvbn(password[:LONGEST], user_inputs=sorted(words_in(known)))["score"] < SAFE:
            raise ValidationError(EASY, code="password_too_easy")

    def get_help_text(self):
        return EASY


def words_of_programmes():
    programmes = Programme.objects.values_list("name", "sender", "committee")
    areas = HousingArea.objects.values_list("name", flat=True)
    return [*OURS, *areas, *(text for texts in programmes for text in texts)]


def words_in(texts):
    """Return the texts and their words of more than two letters."""
    return {*texts, *(word for text in texts for word in re.findall(r"\w{3,}", text))} - {""}
