"""The words of a list of duties: names of columns, and what stands in them.

English, and Norwegian, Danish or Swedish where one word is surely meant.
"""

from __future__ import annotations

import re

COLUMNS = {  # what a column holds, and what else it may be called
    "duty": ("plikt", "oppgave", "pligt", "opgave", "skyldighet", "dokumentasjonsplikt"),
    "per": ("pr",),
    "frequency": ("hyppighet", "hyppighed", "frekvens"),
    "minutes": ("minutter", "minuter", "min"),
    "role": ("rolle", "roll"),
    "receivers": ("mottakere", "modtagere", "mottagare"),
    "reentry": (),
    "imposed_by": ("paalagt_av", "paalagt_af", "aalagd_av"),
    "datum": (),
    "timing": ("tidspunkt", "tidpunkt"),
    "citation": ("hjemmel", "lovhjemmel", "lagrum"),
    "note": ("merknad", "kommentar", "bemaerkning", "anmaerkning"),  # for people
}
REQUIRED = ("duty", "minutes")

PER = {
    "visit": ("besoek", "besoeg"),
    "call": (),
    "deviation": ("avvik", "afvigelse", "avvikelse"),
    "incident": (),
    "shift": ("vakt", "vagt", "arbetspass"),
    "client": ("bruker", "borger", "brukare"),
    "worker": ("ansatt", "medarbejder", "medarbetare", "medarbeider"),
    "unit": ("enhet", "enhed"),
}
TIMING = {"at_once": (), "when_idle": (), "end_of_shift": ()}
IMPOSED_BY = {
    "law": ("lov", "lag"),
    "state": ("stat", "staten"),
    "municipality": ("kommune", "kommunen", "kommun"),
    "unit": ("enhet", "enheten", "enhed", "enheden"),
    "receiver": ("mottaker", "mottakeren", "modtager", "modtageren", "mottagare"),
}
TRIGGERS = ("visit", "call", "deviation", "incident", "shift")
LETTERS = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "é": "e", "ü": "u"}
)


def identifier(title: str) -> str:
    """Give the name of the obligation that a duty is.

    Examples
    --------
    >>> identifier("Registrering av besøk (app)")
    'registrering_av_besoek_app'
    """
    return re.sub(r"[^a-z0-9]+", "_", title.lower().translate(LETTERS)).strip("_")
