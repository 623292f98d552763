"""What people in a room on Kennispark write: real sentences, in the language of whoever wrote them."""

from __future__ import annotations

PROFILE = [
    ("nl", "Eén verhaal van universiteit, bedrijven en stad, dat overal hetzelfde klinkt", "software"),
    ("nl", "Een herkenbare entree vanaf de Hengelosestraat, zodat je weet dat je er bent", "hardware"),
    ("en", "Be the place where robotics for health care is tested in daily life", "software"),
    ("nl", "Laat zien wat er in de labs gebeurt: open ramen, open dagen", "both"),
    ("nl", "Chips en fotonica: hier gemaakt, wereldwijd gebruikt", "software"),
    ("en", "An English-speaking campus, from the signs to the coffee bar", "both"),
    ("nl", "Elk jaar één groot congres dat alleen hier kan", "software"),
    ("nl", "Verlichte gevels die 's avonds vertellen wie er werkt", "hardware"),
    ("nl", "Start-ups die blijven als ze groot worden", "software"),
    ("en", "Tell the stories of people, not of buildings", "software"),
    ("nl", "Een hotel waar onderzoekers een maand kunnen wonen", "hardware"),
    ("nl", "De hele wereld kent Twente van de nieuwe energie: waterstof, batterijen en slimme netten", "unsure"),
    ("nl", "Studenten als ambassadeurs in het buitenland", "software"),
    ("nl", "Een eigen treinstation met de naam Kennispark op het bord", "hardware"),
    ("en", "A welcome desk for international talent, open when they arrive", "both"),
    ("nl", "Een merk dat van de gebruikers is en niet van een bureau", "software"),
    ("nl", "Werkplaats voor het mbo midden tussen de hightechbedrijven", "both"),
    ("nl", "Kunst in de openbare ruimte die met techniek is gemaakt", "hardware"),
    ("nl", "Niet nog een logo", "unsure"),
    ("en", "One high-quality look from the university to the stadium", "hardware"),
    ("nl", "Een prijs voor de beste vinding van het jaar, uitgereikt op het park", "software"),
    ("nl", "Samen naar beurzen in plaats van ieder een eigen stand", "software"),
]

LOCATION = [
    ("nl", "Een pleintje met eettentjes die na zes uur nog open zijn", "hardware"),
    ("nl", "Een supermarkt op loopafstand van de werkplek", "hardware"),
    ("en", "Evening concerts on the roof of the Gallery", "software"),
    ("nl", "Woningen boven de bedrijven, zodat er 's avonds licht brandt", "hardware"),
    ("nl", "Veilig en verlicht fietspad van het station naar de campus", "hardware"),
    ("nl", "Sportvelden die ook voor bedrijven zijn", "both"),
    ("nl", "Elke donderdag een borrel waar je iemand van een andere O ontmoet", "software"),
    ("en", "A day-care centre that is open until seven", "both"),
    ("nl", "Meer bomen en minder parkeerplaatsen voor de deur", "hardware"),
    ("nl", "Eén app voor alle zalen, laadpalen en labs", "software"),
    ("nl", "Een makerspace die 's avonds door buurtbewoners wordt gebruikt", "both"),
    ("nl", "De bus die ook na acht uur nog elk kwartier rijdt", "unsure"),
    ("nl", "Terrassen in de zon, beschut tegen de wind", "hardware"),
    ("en", "A food truck square that changes every month", "both"),
]

ANYWHERE = [
    ("nl", "Een gastheer of gastvrouw die iedereen kent en wegwijs maakt", "software"),
    ("nl", "Elk nieuw gebouw heeft een begane grond waar je binnen mag lopen", "hardware"),
    ("en", "Let students run the square in the evening", "software"),
    ("nl", "Een gedeelde agenda van alles wat er op het park te doen is", "software"),
    ("nl", "Zichtbare proefopstellingen buiten: hier wordt getest", "hardware"),
    ("nl", "Ieder kwartaal een avond waarop de vier O's elkaars plannen horen", "both"),
]
