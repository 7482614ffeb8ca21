"""The number of files in the two collections; `tests/documents` tests each file."""

from probes.faults.corpora import run_corpora
from probes.files.corpus import BOMBS, HOSTILE, LIGHT
from probes.files.genuine import GENUINE
from probes.files.planted_pdfs import copy_pages


def test_five_seeds_are_two_thousand_files_in_three_hundred_classes():
    assert len(HOSTILE) >= 300
    assert 5 * len(LIGHT) + len(BOMBS) >= 2000
    assert 4 * len(GENUINE) >= 200


def test_the_judge_sees_a_file_taken_alive(monkeypatch):
    alive = {"pdf": HOSTILE["pdf with action in graphics state"]}
    monkeypatch.setattr("probes.faults.corpora.LIGHT", alive)
    monkeypatch.setattr("probes.faults.corpora.BOMBS", {})
    monkeypatch.setattr("probes.faults.corpora.HOSTILE", alive)
    monkeypatch.setattr("probes.faults.corpora.genuine", lambda seeds: iter(()))
    assert run_corpora(1, genuine_seeds=0, in_jail=False).alive == []
    copy_pages(monkeypatch)
    assert len(run_corpora(1, genuine_seeds=0, in_jail=False).alive) == 1
