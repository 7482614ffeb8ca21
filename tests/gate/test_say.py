"""The notice of what was done: said again in the same words, the page still sees an answer."""

from barut_reflex.gate.doors import Notice, say

from ..screens import new_root, screen_of


async def test_the_same_words_again_are_counted():
    root = new_root()
    notice = screen_of(Notice, root)
    counted = []
    for _ in range(2):
        await say(notice, "Tersimpan.")
        counted.append((notice.said, notice.successes))
    assert counted == [("Tersimpan.", 1), ("Tersimpan.", 2)]
