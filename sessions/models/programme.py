"""The year-long process and what is fixed in it: pillars, sectors, partner organisations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..enums import Shape
from .ids import new_id

_OF_BEFORE = {
    "onderwijs": Shape.CIRCLE,
    "onderzoek": Shape.DIAMOND,
    "ondernemers": Shape.TRIANGLE,
    "overheden": Shape.SQUARE,
}
"""Of O's from before they had a shape of their own, by key."""


class Programme(models.Model):
    slug = models.SlugField(unique=True)
    name_nl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=40, default="Europe/Amsterdam")
    threshold = models.PositiveSmallIntegerField(default=5)
    """People below which a group is pooled or hidden everywhere. Never under 3."""
    languages = models.CharField(max_length=5, default="nl,en", db_default="nl,en")
    """In which its words are asked for. Of one alone, the other's columns hold the same words."""
    privacy = models.JSONField(null=True)
    """Of the privacy notice what the programme wrote itself: section → language → text; domain/privacy_notice.py"""
    archived_at = models.DateTimeField(null=True)
    edition = models.PositiveIntegerField(default=1, db_default=1)
    """Counts changes of pillars and O's after people took part; see domain/editions.py."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(threshold__gte=3), name="programme_threshold_at_least_3")]

    def __str__(self) -> str:
        return self.name_en


class Edited(models.Model):
    """A row that stays as it was for the sessions that it held in; a change makes another one beside it.

    It holds from the programme's edition `since` on, and until before `until`; None: still.
    """

    since = models.PositiveIntegerField(default=1, db_default=1)
    until = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class Pillar(Edited):
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pillars")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    number = models.PositiveSmallIntegerField()
    name_nl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    short_nl = models.CharField(max_length=40)
    short_en = models.CharField(max_length=40)
    first_id = models.CharField(max_length=12, blank=True, default="", db_default="")
    """The public id of the row that this one goes on from, through all changes; empty: it is the first."""

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], condition=Q(until=None), name="pillar_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.short_en}"

    @property
    def key(self) -> str:
        """The same through all changes."""
        return self.first_id or self.public_id


class Sector(Edited):
    """A stakeholder group. Its key never changes; its shape chooses mark and colour on every screen."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sectors")
    public_id = models.CharField(max_length=12, unique=True, default=new_id)
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name_nl = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    hint_nl = models.CharField(max_length=120, blank=True)
    hint_en = models.CharField(max_length=120, blank=True)
    letter_nl = models.CharField(max_length=1)
    letter_en = models.CharField(max_length=1)
    chosen_shape = models.CharField(max_length=8, choices=Shape.choices, blank=True, default="", db_default="")
    """Empty of a row from before there was a choice."""

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], condition=Q(until=None), name="sector_key_once"),
            models.UniqueConstraint(
                fields=["programme", "position"], condition=Q(until=None), name="sector_position_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "chosen_shape"],
                condition=Q(until=None) & ~Q(chosen_shape=""),
                name="sector_shape_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en

    @property
    def shape(self) -> Shape:
        """The shape of its mark."""
        return Shape(self.chosen_shape) if self.chosen_shape else _OF_BEFORE.get(self.key, Shape.HOUSE)


class Organisation(models.Model):
    """A partner of the programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="organisations")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name
