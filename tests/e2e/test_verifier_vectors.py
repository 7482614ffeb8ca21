"""The verifier page's own code check gives the published answer to every vector."""

import json
import shutil
from pathlib import Path

from barut_reflex.core.settings import settings
from barut_reflex.seal import keys

from .test_verifier import open_page

VECTORS = Path(__file__).parent.parent / "seal" / "vectors"
ASK = """async ({vectors, lists, keySet, broken}) => {
  const { check, readKeys, readList } = await import("/periksa/check.js");
  if (broken) crypto.subtle.verify = async () => true;
  const keys = await readKeys(keySet);
  const answers = [];
  for (const { code, clock, list } of vectors) {
    const known = list ? await readList(lists[list], keys).catch(() => null) : null;
    answers.push((await check(code, { keys, today: clock, list: known })).result);
  }
  return answers;
}"""


def ask_vectors(page, tmp_path, monkeypatch, *, broken):
    shutil.copytree(VECTORS / "keys", tmp_path / "keys")
    monkeypatch.setattr(settings, "var", tmp_path)
    vectors = json.loads((VECTORS / "codes.json").read_text())
    names = {vector["list"] for vector in vectors} - {""}
    lists = {name: json.loads((VECTORS / name).read_text()) for name in names}
    arguments = {
        "vectors": vectors,
        "lists": lists,
        "keySet": keys.published_keys(),
        "broken": broken,
    }
    answers = page.evaluate(ASK, arguments)
    return [v["title"] for v, got in zip(vectors, answers, strict=True) if got != v["result"]]


def test_the_browser_agrees_with_every_vector(visitor, tmp_path, monkeypatch):
    assert ask_vectors(open_page(visitor()), tmp_path, monkeypatch, broken=False) == []


def test_without_the_signature_check_it_would_not(visitor, tmp_path, monkeypatch):
    assert len(ask_vectors(open_page(visitor()), tmp_path, monkeypatch, broken=True)) >= 10
