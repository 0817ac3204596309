from uuid import uuid4

import pytest
from django.urls import reverse

from web.addresses import address


@pytest.mark.parametrize("name", ["mentee", "quick_record", "correct_meeting", "change_status"])
def test_an_address_is_the_reversed_one(name):
    for uuid in (uuid4(), uuid4()):
        assert address(name, uuid) == reverse(name, args=[uuid])
