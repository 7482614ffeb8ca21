"""Long texts are cut before they are processed, and combining marks are limited."""

import unicodedata

import pytest

from barut_reflex.core import indonesian as indo
from barut_reflex.core import texts
from barut_reflex.documents.rules import shown_name

MARKS = "\u0301\u0316" * 9_500  # unsorted: NFC would put all low ones before all high ones
ODD_MARKS = "\u0f73\u0301" * 4_000  # come apart into marks, though they are no mark by class


@pytest.fixture
def sorted_marks(monkeypatch):
    """The longest run of marks that was given to a normal form."""
    runs, real = [0], unicodedata.normalize

    class Noting:
        def __getattr__(self, name):
            return getattr(unicodedata, name)

        def normalize(self, form, text):
            run = 0
            for character in text:
                run = run + 1 if unicodedata.category(character)[0] == "M" else 0
                runs.append(run)
            return real(form, text)

    for module in (indo, texts):
        monkeypatch.setattr(module, "unicodedata", Noting())
    return runs


@pytest.mark.parametrize("text", [MARKS, MARKS * 2, ODD_MARKS, "a" + MARKS])
@pytest.mark.parametrize("work", [indo.tidy, indo.searchable, indo.check_name, shown_name])
def test_no_long_run_of_marks_is_sorted(sorted_marks, text, work):
    work(text)
    assert max(sorted_marks) <= texts.MAX_MARKS_IN_A_ROW


def test_without_the_limit_they_would_be(sorted_marks, monkeypatch):
    monkeypatch.setattr(texts, "MAX_MARKS_IN_A_ROW", 10**6)
    indo.tidy(MARKS)
    assert max(sorted_marks) > 1_000


def test_too_many_marks_are_refused_with_a_sentence():
    assert "rangkap" in (indo.check_name(indo.tidy("A" + MARKS)) or "")


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh", "Åsa Ǟrnsköld", "Siti Nur’aini"])
def test_honest_marks_stay_however_they_are_typed(name):
    apart = unicodedata.normalize("NFD", name)
    assert indo.tidy(apart) == unicodedata.normalize("NFC", name)
    assert indo.check_name(indo.tidy(apart)) is None


@pytest.mark.parametrize("letter", ["a", "é", "中", "🚤"])
def test_a_text_is_cut_by_bytes_and_never_within_a_letter(letter):
    cut = texts.cut(letter * 20_000)
    assert texts.MAX_TEXT_BYTES - 4 < len(cut.encode()) <= texts.MAX_TEXT_BYTES
    assert set(cut) == {letter}


def test_searching_folds_as_before():
    text = "SITI Nur’aini Ñandú Đ ﬁ ǆ 가"
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(indo.SEARCH_FOLDS)
    assert indo.searchable(text) == "".join(c for c in apart if not unicodedata.combining(c))


def test_a_long_file_name_keeps_its_extension():
    assert shown_name("x" * 5_000 + ".pdf") == "x" * 96 + ".pdf"
