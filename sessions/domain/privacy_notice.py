"""The privacy notice of a programme: what people are told before they join, as the GDPR asks (article 13).

Each section has a usual text, which holds for this program as it is. A programme writes its own where it needs another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from ..models import Programme
from .programmes import take_programme

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
TEXT_LENGTH = 2_000


class Words(NamedTuple):
    nl: str
    en: str


USUAL = {
    "controllers": Words(
        "Verantwoordelijk zijn samen de organisaties achter {programme}{partners}. "
        "Wie je vraag behandelt, zegt de begeleider van de sessie.",
        "Responsible together are the organisations behind {programme}{partners}. "
        "The facilitator of the session says who answers your question.",
    ),
    "purpose": Words(
        "Verzamelen en wegen wat mensen uit verschillende groepen belangrijk vinden, en daar verslag van doen. "
        "Voor niets anders: geen reclame, geen profielen, geen besluit over jou als persoon.",
        "To collect and weigh what people of different groups find important, and to report on it. "
        "For nothing else: no advertising, no profiles, no decision about you as a person.",
    ),
    "basis": Words(
        "Je toestemming (AVG, artikel 6, lid 1, onder a). Meedoen is vrijwillig, en met meedoen geef je toestemming. "
        "Je kunt die altijd intrekken; wat daarvoor gebeurde, blijft rechtmatig.",
        "Your consent (GDPR, article 6(1)(a)). Taking part is voluntary, and by joining you give consent. "
        "You can withdraw it at any time; what was done before stays lawful.",
    ),
    "data": Words(
        "Je groep (O), je kaarten, antwoorden en stemmen met het moment erbij, en een code waaraan je eigen telefoon "
        "je herkent. Geen naam, geen e-mailadres, geen account. Schrijf zelf geen namen op kaarten.",
        "Your group (O), your cards, answers and votes with their moment, and a code by which your own phone knows "
        "you. No name, no e-mail address, no account. Do not write names on cards yourself.",
    ),
    "recipients": Words(
        "Begeleiders en het kernteam van het programma. Anderen krijgen uitkomsten, en kaarten voor zover de afspraak "
        "van de sessie dat toelaat. De beheerder van de server kan bij de database. Niets gaat naar anderen buiten "
        "het programma om.",
        "Facilitators and the core team of the programme. Others get results, and cards as far as the agreement of the "
        "session allows. The operator of the server can reach the database. Nothing goes to others past the programme.",
    ),
    "retention": Words(
        "Tot de bewaardatum van de sessie, als die hierboven staat, en anders zolang het programma ze nodig heeft. Dan "
        "wordt de sessie verwijderd, met alles wat mensen gaven. Reservekopieën verdwijnen later.",
        "Until the retention date of the session, where one stands above, and else for as long as the programme needs "
        "them. Then the session is deleted, with all that people gave. Backups go later.",
    ),
    "rights": Words(
        "Met de bewijscode op je telefoon zie je wat er van je is, haal je het op als bestand, of wis je jezelf uit "
        "de sessie. Zonder code: vraag het de begeleider of het kernteam, en noem de letters bovenaan op je telefoon. "
        "Uitslagen die al getoond zijn blijven; daarin ben je niet te vinden.",
        "With the receipt code on your phone you see what is kept of you, get it as a file, or erase yourself from the "
        "session. Without it: ask the facilitator or the core team, and tell the letters at the top of your phone. "
        "Results that were shown before stay; nobody can find you in them.",
    ),
    "officer": Words(
        "Elke organisatie achter het programma heeft een functionaris gegevensbescherming. "
        "Vraag de begeleider wie dat voor dit programma is.",
        "Each organisation behind the programme has a data-protection officer. "
        "Ask the facilitator who that is for this programme.",
    ),
    "complaint": Words(
        "Kom je er met ons niet uit? Je kunt een klacht indienen bij de Autoriteit Persoonsgegevens, "
        "autoriteitpersoonsgegevens.nl, telefoon 088\u00a01805\u00a0250.",
        "If you and we do not agree, you can complain to the Dutch data-protection authority, "
        "Autoriteit Persoonsgegevens, autoriteitpersoonsgegevens.nl, telephone +31\u00a088\u00a01805\u00a0250.",
    ),
}
"""Section → its usual text, in the order of the notice."""


def tell_usual(programme: Programme, section: str, *, language: Language) -> str:
    """Return a section as it is until the programme writes another."""
    names = list(programme.organisations.values_list("name", flat=True))
    listed = f": {', '.join(names)}" if names else ""
    name = programme.name_en if language == "en" else programme.name_nl
    usual = getattr(USUAL[section], language)
    return str(usual).replace("{programme}", name).replace("{partners}", listed)


def read_notice(programme: Programme, *, language: Language) -> dict[str, str]:
    """Return section → text. Of a programme in one language the words of that one stand in both."""
    written = programme.privacy or {}
    other: Language = "nl" if language == "en" else "en"
    has_language = language in programme.languages.split(",")
    notice = {}
    for section in USUAL:
        own = written.get(section, {})
        text = own.get(language) or ("" if has_language else own.get(other, ""))
        notice[section] = text or tell_usual(programme, section, language=language)
    return notice


def write_notice(programme_id: int, *, texts: Mapping[tuple[str, Language], str]) -> None:
    """Let sections say this; an empty text, or the usual one, gives back the usual text. Others stay as they are."""
    with take_programme(programme_id) as programme:
        written = programme.privacy or {}
        for (section, language), text in texts.items():
            own = written.setdefault(section, {})
            own.pop(language, None)
            if text and text != tell_usual(programme, section, language=language):
                own[language] = text
        programme.privacy = {section: own for section, own in written.items() if own} or None
        programme.save(update_fields=["privacy"])
