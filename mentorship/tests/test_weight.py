"""What a page weighs over the network; bench/page_weight.py measures all of it in a browser."""

from django.urls import reverse

from mentorship.tests.builders import fill

WARM = 15_000  # bytes: the page alone, when the phone has the style sheets and scripts already


def test_min_uge_of_fifty_is_sent_compressed_and_light(sign_in, enrol, mette, rashid, areas):
    fill(enrol, mette, rashid, areas, 50)
    answer = sign_in(mette).get(reverse("my_week"), headers={"accept-encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < WARM
