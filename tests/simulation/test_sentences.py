from __future__ import annotations

from collections import Counter

from sessions.domain.sanitiser import clean_text
from sessions.kinds.collect.sentences import SECOND_THOUGHTS, read_sentences, sentences_for


def test_every_o_has_something_to_say_on_both_pillars():
    counted = Counter((found.sector, found.pillar) for found in read_sentences())
    assert counted == {
        (sector, pillar): 15 for sector in ("onderwijs", "onderzoek", "ondernemers", "overheden") for pillar in (1, 2)
    }


def test_sentences_can_be_written_and_thought_over_once():
    longest = max(len(told) for words in SECOND_THOUGHTS.values() for told in words) + 1
    texts = [found.text for found in read_sentences()]
    assert len(set(texts)) == len(texts)
    assert {found.lang for found in read_sentences()} == {"nl", "en"}
    for text in texts:
        assert clean_text(text) == text
        assert len(text) + longest <= 240
        assert text[0] not in "=+-@'"


def test_an_unknown_o_borrows_what_others_say():
    assert len(sentences_for(sector="residents", pillar=2)) == 60
    assert len(sentences_for(sector="onderwijs", pillar=1)) == 15
    assert len(sentences_for(sector="onderwijs", pillar=None)) == 30
