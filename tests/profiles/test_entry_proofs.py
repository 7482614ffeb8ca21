"""The proof (a paper) of an entry: offered after saving, removed with its entry."""

import pytest

from barut_reflex.profiles.queries import entries, steps
from barut_reflex.profiles.service import entries as profile_entries
from probes.factories import make_document

from .entry_forms import save

pytestmark = pytest.mark.usefixtures("on_20_april")

# -- removal and proofs


def test_a_removed_entry_takes_its_proof_along(session, ahmad, profile):
    from barut_reflex.documents.rules import Kind
    from barut_reflex.documents.service import attachments

    one, other = save(session, ahmad), save(session, ahmad, title="Kasir")
    for entry in (one, other):
        make_document(session, owner=ahmad, kind=Kind.PROOF, proves=entry.public_id)
    profile_entries.remove_entry(session, ahmad, one.public_id)
    session.flush()
    assert list(attachments.current_proofs(session, ahmad.id)) == [other.public_id]
    assert entries.entries_of(session, ahmad.id) == [other]


def test_a_proof_is_no_paper_of_the_application(session, ahmad, profile):
    from barut_reflex.applications.rules import NoSuchKind, kind_named
    from barut_reflex.documents.rules import Kind
    from barut_reflex.documents.service import attachments

    make_document(session, owner=ahmad, kind=Kind.PROOF, proves=save(session, ahmad).public_id)
    assert attachments.current_papers(session, ahmad.id) == {}
    with pytest.raises(NoSuchKind):
        kind_named("proof")


def test_after_the_first_saving_the_proof_is_offered(session, ahmad, profile):
    saved = save(session, ahmad)
    assert steps.editor_after_save(session, ahmad, saved.public_id, is_new=True).mode == "proof"
    assert steps.editor_after_save(session, ahmad, saved.public_id, is_new=False).mode == ""
    tongue = save(session, ahmad, "languages")
    assert steps.editor_after_save(session, ahmad, tongue.public_id, is_new=True).mode == ""
