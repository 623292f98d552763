"""What a step kind is, and the registry of kinds. The engine calls the hooks here and names no kind.

A kind is one object that is registered when the program starts (sessions/kinds/). The life of a step - open, close,
grace, reveal, undo, seal, clock, log lines - stays in domain/handlers/steps.py; a kind says what is different about it.
Hooks that change something are called inside the batch that holds the session's row, after all checks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, NamedTuple, TypeVar

import msgspec

from ..enums import ActorKind
from .command import Command
from .revealed import is_revealed
from .viewer import Viewer

if TYPE_CHECKING:
    from ..models import Contribution, Round, Step
    from .state import State
    from .structure import Structure
    from .world import World

Handler = Callable[..., str | None]
Settled = Annotated[dict[str, Any], msgspec.Meta(extra={"words": "StepSettings"})]
"""Settings as they are sent and stored: those of the step's kind."""
KindKey = Annotated[str, msgspec.Meta(max_length=12, extra={"words": "StepKind"})]
"""A kind's name on the wire. Which there are is known once they are registered."""


class Input(StrEnum):
    """What people give in a step, and so where it is stored."""

    NONE = "none"
    CARDS = "cards"
    MARKS = "marks"
    PLACEMENTS = "placements"


class Scope(StrEnum):
    """Who sees the answers of a step: everybody, or each group its own."""

    ROOM = "room"
    GROUP = "group"


class Part(StrEnum):
    """What there may be to see of a step besides the step itself."""

    CARDS = "cards"
    """The cards written in it."""
    TALLY = "tally"
    """Counts while people vote."""
    RESULT = "result"
    """The figures of a round, as they were published."""


class Name(NamedTuple):
    """What a kind is called, for people."""

    nl: str
    en: str


class Example(NamedTuple):
    """One command in a step of this kind. `refused`: the code that it is refused with; none: it is done."""

    do: str
    content: Mapping[str, Any]
    refused: str | None = None
    after: tuple[str, ...] = ()
    """What the facilitator did to the step before: `step.open`, `step.close`, `step.reveal`, `step.seal`."""


class Rows(NamedTuple):
    """What one file of the export must hold of a step: every stored row once, and nothing else."""

    file: str
    key: tuple[str, ...]
    """The columns by which a row is known."""
    stored: Collection[tuple[str, ...]]
    blank: Mapping[str, str] = {}
    """What stands in a row of the file that is there for completeness and stored nowhere."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what a facilitator sets of a step of one kind. A field has its default and its limits here, once."""


Kept = TypeVar("Kept", bound=Settings)


class StepKind(Generic[Kept]):
    """Base of every kind. See the module; docs/adding-a-kind.md says how one is made."""

    key: ClassVar[str]
    Settings: type[Kept]
    frozen: ClassVar[frozenset[str]] = frozenset()
    """Settings that cannot change once people may have answered."""
    words: ClassVar[Name]
    input: ClassVar[Input] = Input.NONE
    scope: ClassVar[Scope] = Scope.ROOM
    revealable: ClassVar[bool] = False
    reveal_closes: ClassVar[bool] = False
    """Whether revealing an open step closes it."""
    shows_subject: ClassVar[bool] = False
    """Whether it is there to reveal and show another step."""
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

    def settle(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return settings that somebody typed, whole, as they are stored. Raises msgspec.ValidationError or Refused."""
        return self.show(given)

    def show(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Return stored settings whole, with the default where a field is missing."""
        shown: dict[str, Any] = msgspec.to_builtins(self.read(stored))
        return shown

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

    def ballot(self, step: Step) -> str:
        """Return the key of the ballot that a step asks for; only asked of kinds that take marks."""
        raise NotImplementedError

    def ballot_rules(self, step: Step) -> dict[str, Any]:
        """Return the rules that a step asks for, as a round stores them; only asked of kinds that take marks."""
        raise NotImplementedError

    def most_cards(self, step: Step) -> int:
        """Return how many cards a person may have in a step."""
        return 0

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

    def is_live(self, step: Step) -> bool:
        """Whether counts go out while people vote."""
        return False

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
    taken = _handlers.keys() & kind.commands.keys()
    if taken:
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
    found = _handlers.get(command)
    return found[1] if found is not None else None


def is_given_by(command: type[Command], actor: ActorKind) -> bool:
    found = _handlers.get(command)
    return found is not None and found[0] is actor


def command_called(do: str) -> type[Command] | None:
    """Return the command of this name that a kind brought."""
    return next((command for command in _handlers if command.do == do), None)


def commands_of(actor: ActorKind) -> tuple[type[Command], ...]:
    """Return the commands that kinds brought for these people."""
    return tuple(command for command, (by, _) in _handlers.items() if by is actor)
