"""The four O's: what a new programme has for a start."""

from __future__ import annotations

SECTORS = [
    {
        "key": "onderwijs",
        "chosen_shape": "circle",
        "name_nl": "Onderwijs",
        "name_en": "Education",
        "hint_nl": "mbo, hogeschool, universiteit, studenten",
        "hint_en": "college, university, students",
        "letter_nl": "W",
        "letter_en": "E",
    },
    {
        "key": "onderzoek",
        "chosen_shape": "diamond",
        "name_nl": "Onderzoek",
        "name_en": "Research",
        "hint_nl": "onderzoeksgroep, lab, kennisinstelling",
        "hint_en": "research group, lab, institute",
        "letter_nl": "Z",
        "letter_en": "R",
    },
    {
        "key": "ondernemers",
        "chosen_shape": "triangle",
        "name_nl": "Ondernemers",
        "name_en": "Entrepreneurs",
        "hint_nl": "starter, mkb, grootbedrijf",
        "hint_en": "start-up, small or large company",
        "letter_nl": "N",
        "letter_en": "N",
    },
    {
        "key": "overheden",
        "chosen_shape": "square",
        "name_nl": "Overheden",
        "name_en": "Government",
        "hint_nl": "gemeente, provincie, waterschap, rijk",
        "hint_en": "municipality, province, water authority, state",
        "letter_nl": "H",
        "letter_en": "G",
    },
]
