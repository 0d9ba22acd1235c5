"""The words of a list of duties: names of columns, and what stands in them.

English, and Norwegian, Danish or Swedish where one word is surely meant.
"""

from __future__ import annotations

import re

COLUMNS = {  # what a column holds, and what else it may be called
    "duty": ("plikt", "oppgave", "pligt", "opgave", "skyldighet", "dokumentasjonsplikt"),
    "per": ("pr", "gjelder", "gaelder", "gaeller"),
    "frequency": (
        *("hyppighet", "hyppighed", "frekvens", "how_often", "times_per_year"),
        *("hvor_ofte", "antall_per_aar", "antall_pr_aar", "ganger_per_aar"),
        *("ganger_pr_aar", "antal_pr_aar", "antal_per_aar", "gange_pr_aar"),
        *("gange_om_aaret", "hur_ofta", "gaanger_per_aar", "antal_gaanger_per_aar"),
    ),
    "minutes": (
        *("minutter", "minuter", "min", "minutes_each", "time_min"),
        *("antall_minutter", "minutter_per_gang", "minutter_pr_gang", "tidsbruk"),
        *("tid_min", "tid_minutter", "tid_i_minutter", "tidsbruk_min"),
        *("tidsbruk_minutter", "tidsbruk_i_minutter", "antal_minutter"),
        *("tidsforbrug", "tidsforbrug_min", "tidsforbrug_minutter", "antal_minuter"),
        *("minuter_per_gaang", "tidsaatgaang", "tidsaatgaang_min", "tid_minuter"),
        *("tid_i_minuter", "tidsaatgaang_minuter"),
    ),
    "role": ("rolle", "roll"),
    "receivers": ("mottakere", "modtagere", "mottagare"),
    "reentry": (),
    "imposed_by": ("paalagt_av", "paalagt_af", "aalagd_av"),
    "datum": (),
    "timing": ("tidspunkt", "tidpunkt"),
    "citation": ("hjemmel", "lovhjemmel", "lagrum"),
    "books": (),
    "note": ("merknad", "kommentar", "bemaerkning", "anmaerkning"),  # for people
}
REQUIRED = ("duty", "minutes")

PER = {
    "visit": ("besoek", "besoeg"),
    "call": (),
    "deviation": ("avvik", "afvigelse", "avvikelse"),
    "incident": (),
    "shift": ("vakt", "vagt", "arbetspass"),
    "client": ("bruker", "borger", "brukare", "citizen", "patient", "pasient"),
    "person": (),
    "worker": ("ansatt", "medarbejder", "medarbetare", "medarbeider"),
    "unit": ("enhet", "enhed"),
}
TIMING = {
    "at_once": (
        *("immediately", "straks", "strax", "genast", "omedelbart", "umiddelbart"),
        *("med_en_gang", "med_det_samme", "med_det_samma", "med_en_gaang", "paa_stedet"),
    ),
    "when_idle": (
        *("when_there_is_time", "naar_det_er_tid", "naar_det_er_ledig_tid"),
        *("naar_det_passer", "ved_ledig_tid", "i_ledig_tid", "naar_der_er_tid"),
        *("naer_det_finns_tid", "vid_ledig_tid"),
    ),
    "end_of_shift": (
        *("ved_vaktslutt", "ved_vaktens_slutt", "paa_slutten_av_vakten", "vaktslutt"),
        *("slutten_av_vakten", "slutten_av_vakta", "paa_slutten_av_vakta"),
        *("ved_vagtens_slutning", "ved_vagtens_afslutning", "i_slutningen_af_vagten"),
        *("vid_arbetspassets_slut", "i_slutet_av_arbetspasset", "vid_passets_slut"),
        *("i_slutet_av_passet",),
    ),
}
IMPOSED_BY = {
    "law": ("lov", "lag"),
    "state": ("stat", "staten"),
    "municipality": ("kommune", "kommunen", "kommun"),
    "unit": ("enhet", "enheten", "enhed", "enheden"),
    "receiver": ("mottaker", "mottakeren", "modtager", "modtageren", "mottagare"),
}
BOOKS: dict[str, tuple[str, ...]] = {  # where the minutes of a duty stand
    "records": (),
    "indirect": (),
    "administration": (),
    "development": (),
    "dialogue": (),
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
