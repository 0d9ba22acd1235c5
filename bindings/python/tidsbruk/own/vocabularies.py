"""Words of surveys of time use, and how countries define time with people."""

from __future__ import annotations

from typing import NamedTuple

LEDGER = {  # columns of the ledger, and the outcome that is their share of time on duty
    "care": "time.direct_share",
    "indirect": "time.indirect_share",
    "travel": "time.travel_share",
    "records": "time.records_share",
    "meetings": "time.meetings_share",
    "dialogue": "time.dialogue_share",
    "training": "time.training_share",
    "control": "time.control_share",
    "administration": "time.administration_share",
    "development": "time.development_share",
    "breaks": "time.breaks_share",
    "idle": "time.idle_share",
}
PLACE = "time.records_presence_share"
_INDIRECT = ("indirect", "travel", "records", "dialogue")
_STAFF = ("meetings", "training", "administration", "breaks", "development", "control")

# What the categories of each vocabulary are in the ledger. A category that is several
# columns leaves those that another category of the same survey names to it.
VOCABULARIES: dict[str, dict[str, tuple[str, ...]]] = {
    "English": {
        **{name: (name,) for name in LEDGER},
        "direct_care": ("care",),
        "face_to_face": ("care",),
        "documentation": ("records",),
        "driving": ("travel",),
        "waiting": ("idle",),
    },
    "Danish (brugertid)": {
        "direkte_brugertid": ("care",),
        "brugertid": ("care",),
        "ata": ("care",),
        "ata_tid": ("care",),
        "ansigt_til_ansigt_tid": ("care",),
        "indirekte_brugertid": _INDIRECT,
        "kvalifikationstid": _STAFF,
        "beredskabstid": ("idle",),
        "vejtid": ("travel",),
        "koersel": ("travel",),
        "dokumentation": ("records",),
        "moeder": ("meetings",),
        "koordinering": ("indirect", "dialogue"),
        "uddannelse": ("training",),
        "administration": ("administration",),
        "pause": ("breaks",),
        "pauser": ("breaks",),
        "ventetid": ("idle",),
    },
    "Norwegian (ansikt til ansikt)": {
        "ansikt_til_ansikt_tid": ("care",),
        "ansikt_til_ansikt": ("care",),
        "direkte_brukertid": ("care",),
        "brukertid": ("care",),
        "indirekte_brukertid": _INDIRECT,
        "kjoering": ("travel",),
        "kjoeretid": ("travel",),
        "reisetid": ("travel",),
        "dokumentasjon": ("records",),
        "rapportering": ("records",),
        "journalfoering": ("records",),
        "moeter": ("meetings",),
        "rapport": ("indirect",),
        "vaktskifte": ("indirect",),
        "samtaler": ("dialogue",),
        "opplaering": ("training",),
        "kurs": ("training",),
        "kontroll": ("control",),
        "administrasjon": ("administration",),
        "pause": ("breaks",),
        "spisepause": ("breaks",),
        "ventetid": ("idle",),
        "utvikling": ("development",),
    },
    "Swedish (brukartid)": {
        "direkt_brukartid": ("care",),
        "brukartid": ("care",),
        "indirekt_brukartid": _INDIRECT,
        "personalrelaterad_tid": _STAFF,
        "transporttid": ("travel",),
        "restid": ("travel",),
        "dokumentation": ("records",),
        "moeten": ("meetings",),
        "arbetsmoeten": ("meetings",),
        "kompetensutveckling": ("training",),
        "schemaadministration": ("administration",),
        "rast": ("breaks",),
        "raster": ("breaks",),
        "pauser": ("breaks",),
        "vaentetid": ("idle",),
        "utveckling": ("development",),
    },
}


class Definition(NamedTuple):
    """A published way to say how much time reaches people.

    Attributes
    ----------
    name, country : str
        As it is called there.
    numerator : tuple of str
        Outcomes of a run that are summed.
    without_breaks : bool
        Whether the denominator leaves breaks out.
    said : str
        In one sentence.
    """

    name: str
    country: str
    numerator: tuple[str, ...]
    without_breaks: bool
    said: str


DEFINITIONS = (
    Definition(
        "brugertidsprocent (BTP)",
        "Denmark",
        ("time.direct_share",),
        False,
        "direct time with citizens over time at work (fremmødetid)",
    ),
    Definition(
        "ansikt-til-ansikt-tid",
        "Norway",
        ("time.direct_share", PLACE),
        False,
        "time face to face, records written there included, over time on duty",
    ),
    Definition(
        "brukartid",
        "Sweden",
        ("time.direct_share", PLACE),
        False,
        "direct time with short notes written there, over time on duty",
    ),
    Definition(
        "direct care without breaks",
        "",
        ("time.direct_share",),
        True,
        "time with citizens over time on duty without breaks",
    ),
)
