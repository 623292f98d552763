"""What a step kind is, and the registry of kinds. The engine calls the hooks here and names no kind.

A kind is one object that is registered when the program starts (sessions/kinds/). The life of a step - open, close,
grace, reveal, undo, seal, clock, log lines - stays in domain/handlers/steps.py; a kind says what is different about it.
Hooks that change something are called inside the batch that holds the session's row, after all checks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

import msgspec

from ..enums import ActorKind
from ..limits import CARD_LENGTH
from .command import Command
from .kind_parts import Example, Input, KindKey, Name, Offered, Part, Rows, Scope, Settings, Settled
from .revealed import is_revealed
from .viewer import Viewer

if TYPE_CHECKING:
    from ..models import Contribution, Round, Step
    from .documents import SaidWordsDoc
    from .state import State
    from .structure import Structure
    from .world import World

__all__ = [
    "Example",
    "Input",
    "KindKey",
    "Name",
    "Offered",
    "Part",
    "Rows",
    "Scope",
    "Settings",
    "Settled",
    "StepKind",
]

Handler = Callable[..., str | None]
Kept = TypeVar("Kept", bound=Settings)


class StepKind(Generic[Kept]):
    """Base of every kind. See the module; docs/adding-a-kind.md says how one is made."""

    key: ClassVar[str]
    Settings: type[Kept]
    parts: ClassVar[tuple[type[msgspec.Struct], ...]] = ()
    """Structs of its own within its settings."""
    frozen: ClassVar[frozenset[str]] = frozenset()
    """Settings that cannot change once people may have answered."""
    words: ClassVar[Name]
    input: ClassVar[Input] = Input.NONE
    """What people give in its steps; in some it may be something else: see `input_of`."""
    scope: ClassVar[Scope] = Scope.ROOM
    revealable: ClassVar[bool] = False
    reveal_closes: ClassVar[bool] = False
    """Whether revealing an open step closes it."""
    shows_subject: ClassVar[bool] = False
    """Whether it is there to reveal and show another step."""
    says_what_follows: ClassVar[bool] = False
    """Whether its words say what happens after the session."""
    rests: ClassVar[bool] = False
    """Whether people have a break in it."""
    about: ClassVar[bool] = True
    """Whether its cards are about a pillar and an aspect. Those of others are filed under the pillar of their step, or
    the first, and are in no coverage."""
    variants: ClassVar[tuple[Mapping[str, Any], ...]] = ({},)
    """Settings that make another thing of it: the conformance suite runs with each."""
    share: ClassVar[float] = 1
    """Its part of the time in a simulated session."""
    commands: ClassVar[Mapping[type[Command], tuple[ActorKind, Handler]]] = {}
    """Its own commands: who gives them, and what does them. Those of cards and marks are the engine's."""
    examples: ClassVar[tuple[Example, ...]]

    def settings(self, step: Step) -> Kept:
        """Return what is set of a step."""
        return self.read(step.settings)

    def read(self, given: Mapping[str, Any]) -> Kept:
        """Return settings from what was sent or stored; what is absent has its default.

        Raises msgspec.ValidationError.
        """
        return msgspec.convert(given, self.Settings)

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return settings that somebody typed, whole, as they are stored. Raises msgspec.ValidationError or Refused."""
        return self.show(given)

    def alternatives(self, complete: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
        """Return the words, nl and en, of what people tell apart in one list: no two may be the same."""
        return ()

    def show(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Return stored settings whole, with the default where a field is missing."""
        shown: dict[str, Any] = msgspec.to_builtins(self.read(stored))
        return shown

    def input_of(self, step: Step) -> Input:
        """Return what people give in a step."""
        return self.input

    # -- the life of a step --------------------------------------------------------------------------------------

    def check_open(self, *, world: World, step: Step) -> None:
        """Raise Refused when the step cannot be opened now."""

    def reveals(self, *, structure: Structure, step: Step) -> Step | None:
        """Return the step that opening this one reveals."""
        return None

    def opened(self, *, world: World, step: Step) -> None:
        """It was opened, perhaps again."""

    def closed(self, *, world: World, step: Step) -> None:
        """It was closed."""

    def revealed(self, *, world: World, step: Step) -> None:
        """It was revealed."""

    def is_revealable(self, step: Step) -> bool:
        """Whether there will be something to reveal in a step."""
        return self.revealable

    def has_rounds(self, step: Step) -> bool:
        """Whether people put marks in a step: it has a round from the beginning."""
        return self.input_of(step) is Input.MARKS

    def offers(self, step: Step) -> Sequence[Offered] | None:
        """Return what a step itself puts to the vote, in its order; None: a facilitator chooses it."""
        return None

    def offering(self, step: Step, offered: Sequence[Offered]) -> dict[str, Any]:
        """Return the settings by which a step puts just these to the vote, where its settings say what it does."""
        settings: dict[str, Any] = step.settings
        return settings

    def is_practice(self, step: Step) -> bool:
        """Whether everything that is given in a step is thrown away when it closes."""
        return False

    def has_result(self, step: Step) -> bool:
        """Whether what is voted in a step makes a result. Likes do not: they are open acts (METHODS.md section 5)."""
        return True

    def ballot(self, step: Step) -> str:
        """Return the key of the ballot that a step asks for; only asked where it has rounds."""
        raise NotImplementedError

    def ballot_rules(self, step: Step) -> dict[str, Any]:
        """Return the rules that a step asks for, as a round stores them; only asked where it has rounds."""
        raise NotImplementedError

    def most_cards(self, step: Step) -> int:
        """Return how many cards a person may have in a step."""
        return 0

    def longest(self, step: Step) -> int:
        """Return how many characters a card may have."""
        return CARD_LENGTH

    def wrote(self, *, world: World, step: Step, card: Contribution) -> None:
        """A card was stored and noted."""

    def has_begun(self, *, world: World, step: Step) -> bool:
        """Whether people may have answered, so that the settings in `frozen` stay as they are."""
        return step.opened_at is not None

    # -- who may see what ----------------------------------------------------------------------------------------

    def may_see(self, *, step: Step, round_: Round | None, viewer: Viewer) -> Collection[Part]:
        """Return the parts that a viewer may see of a step that it knows; of `round_`, where one is asked about."""
        return ()

    def shows_card(self, *, world: World, step: Step, card: Contribution) -> bool:
        """Whether the projectors, in this step, have the text of a card that is not redacted."""
        return False

    def tells_large(self, step: Step) -> bool:
        """Whether phones are told which of its cards stands large on the projectors."""
        return False

    def is_live(self, step: Step) -> bool:
        """Whether counts go out while people vote."""
        return False

    def fewest(self, step: Step) -> int | None:
        """Return from how many people on counts go out while people vote; None: from the threshold on."""
        return None

    def summary(self, *, state: State, step: Step, whole: bool = False) -> SaidWordsDoc | None:
        """Return what the cards of a step say together, for whom may see Part.SUMMARY of it. `whole`: for a file."""
        return None

    def turns(self, step: Step) -> bool:
        """Whether its pages turn by themselves."""
        return not is_revealed(step)

    def answered(self, *, state: State, step: Step) -> set[int]:
        """Return who answered, by table id."""
        return set()

    # -- files and rehearsals ------------------------------------------------------------------------------------

    def rows(self, step: Step) -> Iterable[Rows]:
        """Return what the files of the export hold of a step."""
        return ()

    def act(self, *, person: Any, step: dict[str, Any]) -> None:
        """Let a simulated person do something in the step that is on, or nothing. `step`: as the phone has it."""

    async def prepare(self, *, facilitator: Any, step: dict[str, Any]) -> bool:
        """Let a simulated facilitator make the step ready. Returns whether it can be opened."""
        return True

    @property
    def takes_answers(self) -> bool:
        return self.input is not Input.NONE


class Incomplete(Exception):
    """A kind's declaration is incomplete; raised at the start."""


_kinds: dict[str, StepKind[Any]] = {}
_handlers: dict[type[Command], tuple[ActorKind, Handler]] = {}


def register(kind: StepKind[Any]) -> None:
    """Make a kind known. Raises Incomplete."""
    for name, wanted in (("key", str), ("words", Name), ("examples", tuple)):
        if not isinstance(getattr(kind, name, None), wanted):
            raise Incomplete(f"{type(kind).__name__} has no {name}")
    settings = getattr(kind, "Settings", None)
    if not (isinstance(settings, type) and issubclass(settings, Settings)):
        raise Incomplete(f"{kind.key} has no settings")
    if not kind.frozen <= set(settings.__struct_fields__):
        raise Incomplete(f"{kind.key} freezes a setting that it has not")
    if not all(kind.words) or not kind.examples:
        raise Incomplete(f"{kind.key} has no {'examples' if all(kind.words) else 'words'}")
    if kind.key in _kinds:
        raise Incomplete(f"two kinds are called {kind.key}")
    if _handlers.keys() & kind.commands.keys():
        raise Incomplete(f"{kind.key} has a command of another kind")
    _kinds[kind.key] = kind
    _handlers.update(kind.commands)


def forget(kind: StepKind[Any]) -> None:
    """Take a kind out again: what a test registered."""
    del _kinds[kind.key]
    for command in kind.commands:
        del _handlers[command]


def kind_of(step: Step | str) -> StepKind[Any]:
    """Return the kind of a step, or the one with this key. Raises LookupError."""
    return _kinds[step if isinstance(step, str) else step.kind]


def is_known(key: str) -> bool:
    return key in _kinds


def all_kinds() -> Iterator[StepKind[Any]]:
    yield from _kinds.values()


def answering_keys() -> list[str]:
    """Return the keys of the kinds in which people answer."""
    return [kind.key for kind in _kinds.values() if kind.takes_answers]


def showing_keys() -> list[str]:
    """Return the keys of the kinds that reveal another step."""
    return [kind.key for kind in _kinds.values() if kind.shows_subject]


def handler_of(command: type[Command]) -> Handler | None:
    """Return the handler of a command that a kind brought."""
    return found[1] if (found := _handlers.get(command)) is not None else None


def is_given_by(command: type[Command], actor: ActorKind) -> bool:
    return (found := _handlers.get(command)) is not None and found[0] is actor


def command_called(do: str) -> type[Command] | None:
    """Return the command of this name that a kind brought."""
    return next((command for command in _handlers if command.do == do), None)


def commands_of(actor: ActorKind) -> tuple[type[Command], ...]:
    """Return the commands that kinds brought for these people."""
    return tuple(command for command, (by, _) in _handlers.items() if by is actor)
