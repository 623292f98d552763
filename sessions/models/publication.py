"""What was shown of a round, kept as it was shown, and from which ballots it was made."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.deletion import Collector

from .participant import Participant
from .programme import Sector
from .session import Round


class Publication(models.Model):
    """The figures of one round as they were revealed. A row is never changed except by the three fields named below."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    threshold = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField(null=True)
    """People who took part; null when they were fewer than the threshold and nothing was shown."""
    votes = models.PositiveIntegerField(null=True)
    """Votes in it, as its ballot counts them; null like `n`."""
    figures = models.JSONField()
    """A `ResultDoc` of domain/documents/. Changed once, when the test against chance is done."""
    untested = models.BooleanField(default=False)
    """The test against chance is still to come. Changed once, together with `figures`."""
    late = models.PositiveIntegerField(default=0)
    """Ballots that differ from the published ones and may not be shown yet. Changed at each later reveal."""
    content = models.CharField(max_length=32, blank=True)
    """A digest of all its ballots together: a comparison with chance belongs to these and no others."""
    key = models.CharField(max_length=32)
    """Keys the digests of this publication's ballots."""

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="publication_number_once")]

    def __str__(self) -> str:
        return f"publication {self.number} of round {self.round_id}"


def forget_ballot(collector: Collector, field: models.ForeignKey[Any, Any], rows: Any, using: str) -> None:
    """As SET_NULL, and without the digest: beside its key it would tell what the ballot was."""
    found = list(rows)
    collector.add_field_update(PublishedBallot._meta.get_field("digest"), "", found)
    collector.add_field_update(field, None, found)


class PublishedBallot(models.Model):
    """That a person's ballot is in a publication, under which O, and a digest of its marks.

    Whoever is erased leaves the row without person and digest: the ballot then counts as changed.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="ballots")
    participant = models.ForeignKey(Participant, on_delete=forget_ballot, null=True, related_name="+")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "participant"], name="published_ballot_once"),
        ]

    def __str__(self) -> str:
        return f"ballot in publication {self.publication_id}"


class BallotFigure(models.Model):
    """A figure of a round that is made of whole ballots and not of counts that are shown: opinion groups, a shortlist.

    Two of a kind could be subtracted, so each is published once (METHODS.md section 5). A row is never changed.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="ballot_figures")
    name = models.CharField(max_length=32)
    at = models.DateTimeField()
    publication = models.PositiveSmallIntegerField(null=True)
    """The number of the publication whose ballots it is made of; null: of a round that was imported and closed."""
    parameters = models.JSONField()
    figures = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="ballot_figure_once")]

    def __str__(self) -> str:
        return f"{self.name} of round {self.round_id}"
