"""One gathering: its agenda of steps and its rounds of voting."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..ballots import DEFAULT
from ..enums import Consent, ItemSource, Reason, SessionKind, StepState, Whose
from ..limits import (
    BODY_LENGTH,
    DOCUMENT_LENGTH,
    MOST_MINUTES,
    NOTES_LENGTH,
    PROMPT_LENGTH,
    SOURCE_ID_LENGTH,
    TITLE_LENGTH,
)
from .ids import new_id, new_rank
from .programme import Pillar, Programme


class SessionManager(models.Manager["Session"]):
    """The sessions that are there. One that is being deleted is not, to anybody who asks, while its rows still go."""

    def get_queryset(self) -> models.QuerySet[Session]:
        return super().get_queryset().filter(deleting_at=None)


class Session(models.Model):
    """One gathering. Its row is the lock and the clock of everything that happens in it (`seq`)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sessions")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    code = models.CharField(max_length=8, unique=True)
    kind = models.CharField(max_length=12, choices=SessionKind.choices, default=SessionKind.WORKSHOP)
    title_nl = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=TITLE_LENGTH)
    planned_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    """How long it is to take in all; none: nobody said."""
    invited = models.JSONField(null=True)
    """O, by its public id → how many were invited, at least one; none: nobody said."""
    created_at = models.DateTimeField(auto_now_add=True)
    locked = models.BooleanField(default=False)
    approval = models.BooleanField(default=False, db_default=False)
    """The facilitator lets people in: whoever joins waits until then (models/request.py)."""
    sound = models.BooleanField(default=False, db_default=False)
    """The projectors give a sound when the time of a step is over."""
    bilingual = models.BooleanField(default=False, db_default=False)
    """The projectors show the words of the agenda in both languages."""
    now = models.ForeignKey("Step", on_delete=models.SET_NULL, null=True, related_name="+")
    seq = models.BigIntegerField(default=0)
    """The number of the newest line of the log."""
    structure = models.BigIntegerField(default=0)
    """Counts changes of agenda, rounds and items, so that a writer knows whether what it remembers still holds."""
    epoch = models.CharField(max_length=12, default=new_id)
    """Another one after the session was restored or wiped, or a person erased: what a client remembers is then worth
    nothing."""
    undo = models.JSONField(null=True)
    """What the last step change was and how things stood before it; see domain/agenda.py."""
    stage = models.JSONField(null=True)
    """Where the projectors are in what they show; see domain/handlers/stage.py."""
    message = models.JSONField(null=True)
    """What stands on all phones until it is taken away; see domain/handlers/messages.py."""
    edition = models.PositiveIntegerField(null=True)
    """Of the programme's pillars and O's those that held when people began; None: those of now. domain/editions.py"""
    company = models.JSONField(null=True)
    """O without a mark on cards → the O's that its cards may be of; see domain/sector_anonymity.py."""
    consent = models.CharField(
        max_length=8, choices=Consent.choices, default=Consent.FULL, db_default=Consent.FULL.value
    )
    """What people agree to when they join; see domain/consent.py."""
    rehearsal = models.BooleanField(default=False, db_default=False)
    """A trial run: kept apart from the real sessions for good, and wiped or deleted afterwards."""
    erased = models.PositiveIntegerField(default=0, db_default=0)
    """So many people were erased from it. What was published before still counts them; see domain/erasure.py."""
    erased_of = models.JSONField(null=True)
    """O → how many of them took part in it. The report goes on counting them: else whoever has one of before would read
    from the difference of which O the one was whose card is gone."""
    keep_until = models.DateField(null=True)
    """The last day on which it is kept; none: until somebody deletes it. See domain/retention.py."""
    archived_at = models.DateTimeField(null=True)
    """Since when nobody comes in and nothing is changed; the studio and the files still read it."""
    wiping_at = models.DateTimeField(null=True)
    """Since when everything that people gave is being deleted; nothing is taken until that is done."""
    deleting_at = models.DateTimeField(null=True)
    """Since when the session itself is being deleted; see domain/deletion.py."""

    objects = SessionManager()
    every = models.Manager()  # noqa: DJ012 - a manager, no field
    """Also those that are being deleted: for whoever deletes them."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SessionKind.values), name="session_kind_known"),
            models.CheckConstraint(condition=Q(consent__in=Consent.values), name="session_consent_known"),
            models.CheckConstraint(condition=Q(seq__gte=0), name="session_seq_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.title_en} ({self.code})"


class Step(models.Model):
    """One item of the agenda. A step with answers keeps its kind and items; it is closed or superseded, not deleted."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="steps")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    kind = models.CharField(max_length=12)
    """The key of a kind in sessions/kinds/; the registry says which there are, so that a kind needs no migration."""
    position = models.PositiveSmallIntegerField()
    title_nl = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=TITLE_LENGTH)
    prompt_nl = models.CharField(max_length=PROMPT_LENGTH, blank=True)
    prompt_en = models.CharField(max_length=PROMPT_LENGTH, blank=True)
    body_nl = models.TextField(max_length=BODY_LENGTH, blank=True)
    body_en = models.TextField(max_length=BODY_LENGTH, blank=True)
    notes = models.TextField(max_length=NOTES_LENGTH, blank=True, default="", db_default="")
    """For whoever leads: on no phone, no projector and in no file."""
    pillar = models.ForeignKey(Pillar, on_delete=models.PROTECT, null=True, related_name="+")
    """The pillar of every card written here; none: each card names its own."""
    subject = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    """What a reveal step reveals: the cards of a collect step or the result of a vote step."""
    minutes = models.PositiveSmallIntegerField(default=5)
    settings = models.JSONField(default=dict)
    """As the struct `Settings` of its kind says; read through `kind_of(step).settings(step)`."""
    state = models.CharField(max_length=12, choices=StepState.choices, default=StepState.PLANNED)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    revealed_at = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    """Until when the clock runs. It closes nothing; a person does."""
    paused_ms = models.PositiveIntegerField(null=True)
    """What was left on the clock when it was paused."""
    sealed_at = models.DateTimeField(null=True)
    """When it was closed for good: no answer is filed here any more, and it is not opened again."""
    sealed_confirmed = models.PositiveIntegerField(null=True)
    sealed_of = models.PositiveIntegerField(null=True)
    """So many of so many phones had said that they hold nothing more; none: whoever sealed it did not know."""
    sealed_whole = models.BooleanField(null=True)
    """Whether those were all phones there; not when the server was away while the step was open."""

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="step_state_known"),
            models.CheckConstraint(condition=Q(minutes__lte=MOST_MINUTES), name="step_minutes_at_most_600"),
            models.CheckConstraint(
                condition=~Q(state=StepState.OPEN) | Q(opened_at__isnull=False), name="step_open_since"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title_en}"


class Round(models.Model):
    """One voting in a vote step."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="rounds")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="rounds")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    number = models.PositiveSmallIntegerField(default=1)
    ballot = models.CharField(max_length=16, default=DEFAULT)
    """How people vote in it: the key of a ballot (sessions/ballots/)."""
    rules = models.JSONField(null=True)
    """The ballot's rules, frozen when the round opens. Before: what it was prepared with; null: what its step asks."""
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    revealed_at = models.DateTimeField(null=True)
    seen = models.BooleanField(default=False)
    """A reveal was undone: some people know what stood there when they voted on."""
    threshold = models.PositiveSmallIntegerField(null=True)
    """The threshold that holds for its figures: the programme's at its opening when it is live, else at the first
    reveal. From its first figure on who counts in it, and for which O, is frozen (domain/publication/freezing.py).
    """
    sealed_at = models.DateTimeField(null=True)
    """How its step was closed for good before another round; until then the step itself says so."""
    sealed_confirmed = models.PositiveIntegerField(null=True)
    sealed_of = models.PositiveIntegerField(null=True)
    sealed_whole = models.BooleanField(null=True)

    class Meta:
        ordering = ["step__position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["step", "number"], name="round_number_once"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(rules__isnull=False), name="round_open_has_rules"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number} of {self.step}"


class Item(models.Model):
    """What is voted on. It belongs to the session; a round item places it in a round."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    source = models.CharField(max_length=12, choices=ItemSource.choices, default=ItemSource.CARD)
    contribution = models.OneToOneField("Contribution", on_delete=models.PROTECT, null=True, related_name="item")
    """The card that it is, where its source is a card: the text stands there."""
    text_nl = models.CharField(max_length=500, blank=True)
    text_en = models.CharField(max_length=500, blank=True)
    """Its own words, where the source has none; one language is enough. None: they were destroyed."""
    price = models.BigIntegerField(null=True)
    """Not used: a price belongs to a round (`RoundItem.price`). To be dropped one release later."""
    whose = models.CharField(max_length=12, choices=Whose.choices, default=Whose.PARTICIPANT)
    """Whose words it is; shown wherever it is shown."""
    document = models.CharField(max_length=DOCUMENT_LENGTH, blank=True, default="", db_default="")
    """Which document's, where it is a document's."""
    origin = models.CharField(max_length=12, blank=True, default="", db_default="")
    """The public id of the item of another session that its words were taken from; of a chain, the first. No foreign
    key: either session may be deleted without the other."""
    source_id = models.CharField(max_length=SOURCE_ID_LENGTH, blank=True, default="", db_default="")
    """What it is called in the file that it was imported from."""
    hidden_at = models.DateTimeField(null=True)
    """Since when its own words are redacted: on no screen and in no file. Of a card the card says it."""
    reason = models.CharField(max_length=12, choices=Reason.choices, null=True)  # noqa: DJ001 - none: not redacted
    destroyed_at = models.DateTimeField(null=True)
    """Since when redacted words are no more; see domain/redaction.py."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source=ItemSource.CARD, contribution__isnull=False)
                | (~Q(source=ItemSource.CARD) & Q(contribution__isnull=True)),
                name="item_card_has_card",
            ),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="item_price_not_negative"),
        ]
        indexes = [
            models.Index(fields=["origin"], condition=~Q(origin=""), name="item_by_origin"),
            # What is asked every two seconds.
            models.Index(fields=["hidden_at"], condition=Q(hidden_at__isnull=False), name="item_redacted"),
        ]

    def __str__(self) -> str:
        return self.public_id


class RoundItem(models.Model):
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="round_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="round_items")
    rank = models.IntegerField(default=new_rank)
    """The order on stage and console: by chance, or as the facilitator put them. Each phone has an order of its own."""
    price = models.BigIntegerField(null=True)
    """What the item costs in this round, in whole euros; none: it has no price here."""
    answered_at = models.DateTimeField(null=True)
    """Since when a question of a Q&A is answered."""

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "item"], name="round_item_once"),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="round_item_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} in {self.round}"
