"""`assets/ui.js`: a field follows the stored value until somebody types into it."""

import pytest

from .test_ui_script import ASSETS, chromium, open_page  # noqa: F401  fixtures

pytestmark = pytest.mark.slow  # a browser

PAGE = """<main><div id="answers" data-refusals="0"></div><form data-record onsubmit="return false">
<input id="town" name="town" data-stored="Buntok" data-leaves aria-invalid="false">
<textarea id="about" name="about" data-stored="Satu"></textarea>
<input id="wants" name="wants" type="checkbox" data-stored="on">
<button>Simpan</button></form></main>
<script>town.value = "Buntok"; about.value = "Satu"; wants.checked = true;
window.handed = [];
addEventListener("focusout", ({ target }) => target === town && handed.push(town.value));
</script>"""


@pytest.fixture
def page(open_page):  # noqa: F811
    page = open_page(script=False)
    page.route("http://uji.test/**", lambda r: r.fulfill(body=PAGE, content_type="text/html"))
    page.goto("http://uji.test/")
    page.add_script_tag(path=ASSETS / "ui.js")
    return page


def office_says(page, name, held):
    page.evaluate(
        "([name, held]) => (document.getElementById(name).dataset.stored = held)", [name, held]
    )


def shown(page):
    return page.evaluate("[town.value, about.value, wants.checked]")


def untouched(page):
    return page.evaluate("new FormData(document.forms[0]).get('untouched')")


def test_a_field_follows(page):
    office_says(page, "town", "Lama")
    office_says(page, "about", "Dua")
    office_says(page, "wants", "")
    assert shown(page) == ["Lama", "Dua", False]


def test_what_was_typed_stays(page):
    page.fill("#town", "Baru")
    page.fill("#about", "")
    page.uncheck("#wants")
    office_says(page, "town", "Lama")
    office_says(page, "about", "Dua")
    assert shown(page) == ["Baru", "", False]


def test_what_was_handed_over_stays_until_something_newer_comes(page):
    page.fill("#town", "muara  teweh")
    page.press("#town", "Tab")
    office_says(page, "town", "muara teweh")
    assert shown(page)[0] == "muara  teweh"
    assert "town" in untouched(page)  # it is kept already
    office_says(page, "town", "Buntok")
    assert shown(page)[0] == "Buntok"


def test_what_was_handed_over_and_not_answered_yet_travels_with_the_form(page):
    page.fill("#town", "Baru")
    page.press("#town", "Tab")
    assert "town" not in untouched(page)


def test_what_was_refused_stays(page):
    page.fill("#town", "<x>")
    page.press("#town", "Tab")
    page.evaluate("town.setAttribute('aria-invalid', 'true')")
    office_says(page, "town", "Lama")
    assert shown(page)[0] == "<x>"


def test_only_a_change_is_handed_over(page):
    page.focus("#town")
    page.press("#town", "Tab")
    assert page.evaluate("handed") == []
    page.fill("#town", "Baru")
    page.press("#town", "Tab")
    assert page.evaluate("handed") == ["Baru"]


def test_what_found_the_office_busy_is_handed_over_again(page):
    page.fill("#town", "Baru")
    page.press("#town", "Tab")
    page.focus("#town")
    page.press("#town", "Tab")
    assert page.evaluate("handed") == ["Baru"]
    page.evaluate("answers.dataset.refusals = 1")
    page.focus("#town")
    page.press("#town", "Tab")
    assert page.evaluate("handed") == ["Baru", "Baru"]


def test_what_was_answered_is_not_handed_over_again(page):
    page.fill("#town", "muara  teweh")
    page.press("#town", "Tab")
    office_says(page, "town", "muara teweh")
    page.evaluate("answers.dataset.refusals = 1")
    page.focus("#town")
    page.press("#town", "Tab")
    assert page.evaluate("handed") == ["muara  teweh"]


def test_a_refused_field_is_handed_over_when_it_is_put_right(page):
    page.evaluate("town.setAttribute('aria-invalid', 'true')")
    page.focus("#town")
    page.press("#town", "Tab")
    assert page.evaluate("handed") == ["Buntok"]


def test_a_form_names_what_was_not_changed(page):
    assert untouched(page) == "town about wants"
    page.fill("#about", "Dua")
    page.uncheck("#wants")
    assert untouched(page) == "town"


def test_without_the_script_an_old_value_stands(open_page):  # noqa: F811
    page = open_page(script=False)
    page.set_content(PAGE)
    page.evaluate("town.value = 'Buntok'")
    office_says(page, "town", "Lama")
    assert shown(page)[0] == "Buntok"
    assert untouched(page) is None
