"""The columns of results.csv."""

from __future__ import annotations

from ..ballots import all_ballots
from ..ballots.ballot import SEEN
from . import columns
from .table import CellType, Column

_STATISTICS = {told.key: told for kind in all_ballots() for told in kind.told if told != SEEN}
TOLD = tuple(
    Column(told.key, f"{told.nl} (alleen bij all)", f"{told.en} (only for all)", type=CellType.WHOLE)
    for told in _STATISTICS.values()
)
"""What ballots tell besides; the cells of ballots that do not are empty."""

COLUMNS = (
    *columns.WHICH_SESSION,
    columns.STEP,
    columns.STEP_TITLE_NL,
    columns.STEP_TITLE_EN,
    columns.ROUND,
    columns.ROUND_NUMBER,
    Column("round_state", "open, closed of revealed (onthuld)", "open, closed or revealed"),
    columns.ITEM,
    columns.CONTRIBUTION,
    columns.PILLAR_NUMBER,
    columns.PILLAR_NL,
    columns.PILLAR_EN,
    columns.ASPECT,
    Column("text", "de tekst; leeg als de kaart is verborgen", "the text; empty when the card was redacted"),
    Column(
        "status",
        "shown; heads_only (per O valt niets te tonen); too_few (te weinig mensen deden mee: geen getallen)",
        "shown; heads_only (nothing can be shown per O); too_few (too few people took part: no figures)",
    ),
    Column(
        "place",
        "plaats in de uitslag, vanaf 1: naar balanced, of naar share als per O niets te tonen is; gelijke waarden delen"
        " een plaats; leeg als een stemming geen plaatsen heeft",
        "place in the result, from 1: by balanced, or by share where nothing can be shown per O; equal values share a"
        " place; empty when a vote has no places",
        type=CellType.WHOLE,
    ),
    Column("place_heads", "plaats naar share, vanaf 1", "place by share, from 1", type=CellType.WHOLE),
    Column(
        "group",
        "all (iedereen), of de sleutels van de O's die samen één groep zijn, met + ertussen; een O waarvan niemand"
        " meedeed zit in geen groep. Mensen kozen hun O zelf",
        "all (everyone), or the keys of the O's that are one group together, joined by +; an O of which nobody took"
        " part is in no group. People chose their O themselves",
    ),
    Column("group_nl", "namen van de O's van deze groep, Nederlands", "names of the O's of this group, Dutch"),
    Column("group_en", "namen van de O's van deze groep, Engels", "names of the O's of this group, English"),
    Column(
        "n",
        "mensen van deze groep die meededen in deze ronde",
        "people of this group who took part in this round",
        type=CellType.WHOLE,
    ),
    Column(
        "heads",
        "mensen met de volle score op dit punt: minstens één stip, of het ermee eens, of het hoogste getal (dan alleen"
        " bij all)",
        "people with the full score on this item: at least one dot, or who agree, or the highest number (then only for"
        " all)",
        type=CellType.WHOLE,
    ),
    *TOLD,
    Column(
        "share",
        "gemiddelde score op dit punt, 0 tot 1; waar de score 0 of 1 is: heads gedeeld door of",
        "mean score on this item, 0 to 1; where a score is 0 or 1: heads divided by of",
        type=CellType.NUMBER,
    ),
    Column(
        "low",
        "ondergrens van het 90%-interval van share (Wilson)",
        "lower end of the 90 % interval of share (Wilson)",
        type=CellType.NUMBER,
    ),
    Column("high", "bovengrens van dat interval", "upper end of that interval", type=CellType.NUMBER),
    Column(
        "balanced",
        "elke O even zwaar: gemiddelde van de shares, een groep telt voor de O's die erin zitten (alleen bij all)",
        "each O the same weight: mean of the shares, a group counts for the O's in it (only for all)",
        type=CellType.NUMBER,
    ),
    Column(
        "spread",
        "grootste verschil tussen de shares van twee groepen; van een matrix: tussen hun means op één van beide vragen,"
        " als deel van de schaal (alleen bij all)",
        "widest difference between the shares of two groups; of a matrix: between their means on one of both questions,"
        " as a part of the scale (only for all)",
        type=CellType.NUMBER,
    ),
    Column(
        "differs",
        "true als spread groter is dan toeval: groter dan in 95 van de 100 stemmingen met geschudde O's, over alle"
        " punten tegelijk; leeg als dat niet is nagegaan (alleen bij all)",
        "true when spread is more than chance: larger than in 95 of 100 rounds with shuffled O's, over all items at"
        " once; empty when it was not tested (only for all)",
        type=CellType.YES_NO,
    ),
    Column(
        "late",
        "stembiljetten die na de uitslag kwamen en niet getoond kunnen worden zonder iemand bloot te geven (alleen bij"
        " all)",
        "ballots that came after the result and cannot be shown without exposing somebody (only for all)",
        type=CellType.WHOLE,
    ),
    Column(
        "both",
        "mensen die in deze ronde en in de ronde ervoor meededen; leeg als er geen ronde voor was, of als dat getal"
        " iemand bloot zou geven (alleen bij all)",
        "people who took part in this round and in the one before it; empty when there was none before, or when that"
        " number would expose somebody (only for all)",
        type=CellType.WHOLE,
    ),
    Column(
        "absent",
        "sleutels van de O's waarvan niemand meedeed, met + ertussen (alleen bij all)",
        "keys of the O's of which nobody took part, joined by + (only for all)",
    ),
    Column(
        "chance_line",
        "de grens van toeval waar differs mee vergelijkt: een spread daarboven is groter dan toeval; leeg als dat niet"
        " is nagegaan (alleen bij all)",
        "the line of chance that differs compares with: a spread above it is more than chance; empty when it was not"
        " tested (only for all)",
        type=CellType.NUMBER,
    ),
    columns.BALLOT,
    Column(
        "of",
        "mensen waar share over gaat: wie meedeed in de ronde, of wie dit punt beantwoordde",
        "people whom share is of: who took part in the round, or who answered this item",
        type=CellType.WHOLE,
    ),
    Column(SEEN.key, f"{SEEN.nl} (alleen bij all)", f"{SEEN.en} (only for all)", type=CellType.WHOLE),
    *columns.CRITERION,
    Column(
        "mean",
        "gemiddelde van de gegeven getallen, in hun eigen eenheid; leeg als er geen getallen worden gegeven",
        "mean of the numbers that were given, in their own unit; empty when no numbers are given",
        type=CellType.NUMBER,
    ),
    Column(
        "mean_balanced",
        "elke O even zwaar: gemiddelde van de means van de groepen (alleen bij all)",
        "each O the same weight: mean of the groups' means (only for all)",
        type=CellType.NUMBER,
    ),
    Column(
        "histogram",
        "aantallen mensen per getal, van het laagste af, met een spatie ertussen (alleen bij all)",
        "people per number, from the lowest on, with a space between (only for all)",
    ),
    *columns.ABOUT_ITEM,
    columns.N_SCRIBED,
)
