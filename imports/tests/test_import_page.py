"""The page Importér: try, mend, import; what is kept, and who may."""

import re
from base64 import b64decode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Membership, Mentee, Role
from imports import limits
from imports.tests import sheets
from imports.tests.sheets import HIS_STATUS

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(sign_in, torben, mette, rashid, areas, monkeypatch):
    """sent(bytes, ..., **form): the answer to Torben's file; never in the background."""
    monkeypatch.setattr("imports.views.MAX_BYTES_AT_ONCE", limits.MAX_BYTES)
    client = sign_in(torben)

    def sent(*contents, **form):
        files = [
            SimpleUploadedFile(f"fil{n or ''}.xlsx", content) for n, content in enumerate(contents)
        ]
        return client.post(reverse("import_register"), {"files": files, **form})

    return sent


def digest(answer):
    return re.search(r'name="proevet" value="(\w+)"', answer.text)[1]


def test_a_file_is_tried_and_then_imported(sent, client):
    content = sheets.right()
    tried = sent(content)
    assert tried.status_code == 200
    for words in ("Filen er i orden", "1 ung", "1 status", "1 møde", "Vælg fil.xlsx igen"):
        assert words in tried.text
    assert not Mentee.objects.exists()
    done = sent(content, importer="1", proevet=digest(tried))
    assert done.status_code == 302
    assert "Importeret: 1 ung, 1 status og 1 møde." in client.get(done.url).text
    assert Mentee.objects.get().name == "Yusuf Hamdan"


@pytest.mark.parametrize(
    "content",
    [
        sheets.workbook(unge=[[*sheets.UNGE, "_xD800_"], sheets.YUSUF]),
        sheets.workbook(unge=[sheets.UNGE, ["_xD800_", *sheets.YUSUF[1:]]]),
        sheets.workbook(**{"_xD800_": [sheets.UNGE]}),
    ],
    ids=["heading", "cell", "tab"],
)
def test_half_a_surrogate_gives_a_sentence(sent, content):
    answer = sent(content)
    assert answer.status_code == 422
    assert "ikke kan gemmes" in answer.text or "Arket kendes ikke" in answer.text


def test_another_file_than_the_one_that_was_tried_is_tried_itself(sent):
    tried = sent(sheets.right())
    other = sent(sheets.right(moeder=[]), importer="1", proevet=digest(tried))
    assert other.status_code == 200
    assert "Det er ikke den fil, du prøvede. Intet er importeret endnu." in other.text
    assert not Mentee.objects.exists()
    assert sent(sheets.right(), importer="1").status_code == 200  # never tried
    assert not Mentee.objects.exists()


def test_the_same_import_sent_twice_is_one(sent):
    content = sheets.right()
    tried = sent(content)
    for _ in range(2):
        assert sent(content, importer="1", proevet=digest(tried)).status_code == 302
    assert Mentee.objects.count() == 1
    again = sent(sheets.right())
    assert "ikke noget nyt" in again.text
    assert "3 rækker findes allerede" in again.text


def test_the_problems_stand_in_a_table_and_on_a_list_to_download(sent):
    answer = sent(
        sheets.right(
            statusser=[HIS_STATUS, ["7", "2026-03-01", "<b>astronaut</b>", ""], ["8", "x", "", ""]]
        )
    )
    assert answer.status_code == 422
    assert "Intet er importeret. 3 ting skal rettes" in answer.text
    assert "“&lt;b&gt;astronaut&lt;/b&gt;”" in answer.text
    encoded = re.search(
        r'href="data:text/csv;base64,([^"]+)" download="skal-rettes.csv"', answer.text
    )[1]
    lines = b64decode(encoded).decode("utf-8-sig").splitlines()
    assert lines[1] == "statusser;3;status;Vælg en af de ni statusser.;<b>astronaut</b>"
    assert len(lines) == 4


def test_only_the_first_of_many_problems_stand_on_the_page(sent):
    answer = sent(sheets.right(statusser=[HIS_STATUS, *[["7", "x", "Skole", ""]] * 250]))
    assert "De første 100 af 250. Resten står på listen." in answer.text
    assert answer.text.count("<tr>") == 101


def test_numbers_in_notes_are_asked_about_once(sent):
    content = sheets.right(moeder=[[*sheets.HIS_MEETING[:5], "Ring 20 12 34 56"]])
    asked = sent(content)
    assert asked.status_code == 422
    assert 'name="keep_reach"' in asked.text
    tried = sent(content, keep_reach="on")
    assert "Filen er i orden" in tried.text
    assert re.search(r'name="keep_reach"[^>]*checked', tried.text)
    assert sent(content, keep_reach="on", importer="1", proevet=digest(tried)).status_code == 302


@pytest.mark.parametrize(
    "form", [{}, {"files": ""}, {"files": "en tekst"}, {"importer": "1", "proevet": "x"}]
)
def test_no_file_is_a_sentence(sign_in, torben, form):
    answer = sign_in(torben).post(reverse("import_register"), form)
    assert answer.status_code == 422
    assert "Vælg en fil." in answer.text


def test_a_file_that_is_too_large_is_a_sentence_and_is_not_kept(sent):
    answer = sent(b"PK" + b"x" * (limits.MAX_BYTES + 2_000_000))
    assert answer.status_code == 422
    assert "Filen er for stor. Den må højst fylde 5 MB." in answer.text
    assert "Filen er for stor" in sent(b"PK" + b"x" * limits.MAX_BYTES).text


def test_no_file_touches_the_disk(sent, settings, monkeypatch, tmp_path):
    def no_file(*args, **kwargs):
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", no_file)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", no_file)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", no_file)
    content = sheets.right(
        moeder=[[*sheets.HIS_MEETING[:5], f"Samtale {n}. " * 200] for n in range(1_000)]
    )
    assert sent(content).status_code == 200
    assert sent(b"PK" + b"x" * 4_000_000).status_code == 422
    assert sent(b"PK" + b"x" * 9_000_000).status_code == 422


def test_nothing_of_the_file_is_kept_in_the_session(sent, client):
    sent(sheets.right(unge=[[*sheets.YUSUF[:2], "x", *sheets.YUSUF[3:]]]))
    sent(sheets.right())
    assert "Yusuf" not in str(dict(client.session))
    assert "7" not in [client.session[key] for key in client.session.keys() - {"_auth_user_id"}]


@pytest.fixture
def coordinates_both(torben, other_programme):
    """Torben is the coordinator of the other programme too."""
    Membership.objects.create(
        programme=other_programme,
        user=torben,
        role=Role.COORDINATOR,
        starts_on=other_programme.starts_on,
    )


def test_the_import_goes_to_the_programme_of_the_form(
    sent, client, other_programme, coordinates_both
):
    first = client.get(f"{reverse('import_register')}?indsats=unge").text
    action = re.search(r'action="(/import/\?indsats=unge)"', first)[1]
    client.get(f"{reverse('account')}?indsats=nabo")  # chosen in another window meanwhile
    form = {"files": SimpleUploadedFile("a.xlsx", sheets.right()), "form_programme": "unge"}
    answer = client.post(action, form)
    assert "Filen er i orden" in answer.text
    assert 'action="/import/?indsats=unge"' in answer.text


def test_an_import_drawn_in_another_programme_is_refused(
    sent, client, other_programme, coordinates_both
):
    client.get(f"{reverse('account')}?indsats=unge")
    form = {"files": SimpleUploadedFile("a.xlsx", sheets.right()), "form_programme": "nabo"}
    answer = client.post(reverse("import_register"), form)
    assert answer.status_code == 409
    assert "Formularen hører til Naboindsatsen, men du har valgt Unge med mål" in answer.text
    assert "Skift til" not in answer.text  # the file could not come along


def test_nobody_else_imports_anything(sign_in, mette, kirsten, olga, signe, torben, areas, client):
    for who in (mette, kirsten, olga, signe):
        form = {
            "files": SimpleUploadedFile("a.xlsx", sheets.right()),
            "importer": "1",
            "proevet": "x",
        }
        assert sign_in(who).post(reverse("import_register"), form).status_code == 403
        assert client.get(reverse("import_template")).status_code == 403
    assert not Mentee.objects.exists()


def test_the_template_is_a_file_with_a_fixed_name(sign_in, torben):
    answer = sign_in(torben).get(reverse("import_template"))
    assert re.fullmatch(
        r'attachment; filename="unge-skabelon\.xlsx"', answer.headers["Content-Disposition"]
    )
    assert answer.content.startswith(b"PK")
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_the_page_asks_about_a_meeting_that_was_mended_in_the_sheet(sent):
    content = sheets.right()
    sent(content, importer="1", proevet=digest(sent(content)))
    mended = sent(sheets.right(moeder=[[*sheets.HIS_MEETING[:3], 45, *sheets.HIS_MEETING[4:]]]))
    assert "1 møde er på en dag, hvor registret allerede har et møde med den unge." in mended.text


def test_the_page_says_that_an_import_only_adds_and_gives_the_programmes_own_template(
    sent, client, programme
):
    page = client.get(reverse("import_register")).text
    assert "Importen tilføjer kun. Det, der står i registret, ændrer den aldrig." in page
    assert f"{reverse('import_template')}?indsats={programme.slug}" in page
