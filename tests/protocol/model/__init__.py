"""The rules of a session, said a second time and as simply as possible: what is refused, and what stands afterwards.

It shares nothing with the program but the words of the protocol. Ids that the program makes are told to it.
"""

from __future__ import annotations

from .agenda import Agenda
from .items import Items
from .nouns import PHONE, Card, Content, Done, No, Person, Round, Step
from .people import People
from .steps import Steps

__all__ = ["PHONE", "Card", "Model", "No", "Person", "Round", "Step"]


class Model(Steps, Agenda, People, Items):
    def judge(self, actor: int, do: str, content: Content, key: str | None, *, at: int, made: str | None) -> Done:
        """Do a command. `actor`: the person, or minus the member. `made`: the id that the program gave. Raises No."""
        self.at = at
        if key is not None and (known := self.keys.get((actor, key))):
            if known[:2] != (do, content) and not self._is_forgotten(*known):
                raise No("key.reused")
            return known[2]
        if do not in ("participant.join", "participant.go_on"):
            if (do in PHONE) != (actor > 0):
                raise No("auth.not_allowed")
            if actor > 0 and self.people[actor].retired:
                raise No("auth.retired")
        changed = bool(getattr(self, "_" + do.replace(".", "_"))(actor, made, **content))
        makes = do in (
            "card.write",
            "card.scribe",
            "agenda.add",
            "participant.join",
            "participant.go_on",
            "round.add",
            "item.add",
            "ballot.add",
            "message.put",
        )
        waits = do == "participant.join" and not changed
        done = Done(made if makes and not waits else None, changed)
        if key is not None and changed:
            self.keys[actor, key] = (do, content, done)
        return done

    def _is_forgotten(self, do: str, content: Content, done: Done) -> bool:
        """Whether a command's content is no longer known, because the text in it was erased."""
        name = done.id if do in ("card.write", "card.scribe") else content.get("card") if do == "card.edit" else None
        words = done.id if do == "item.add" else content.get("item") if do == "item.edit" else None
        if (own := self.own.get(self.items.get(words or "", ""))) is not None:
            return not (own.text_nl or own.text_en)
        card = self.cards.get(name or "")
        return card is not None and (card.gone or card.destroyed)
