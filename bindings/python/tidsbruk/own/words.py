"""The names of columns, and the words in them: English, Norwegian, Danish, Swedish.

Names are compared as `tidsbruk.obligations.words.identifier` writes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VISITS = {
    "client": (
        *("client_id", "citizen", "citizen_id", "patient", "patient_id", "user_id"),
        *("bruker", "bruker_id", "brukernr", "tjenestemottaker", "pasient", "mottaker"),
        *("borger", "borger_id", "borgernr", "brukare", "brukare_id", "kund", "klient"),
        *("borger_nr", "bruker_nr", "cpr", "cpr_nr", "cprnr", "cpr_nummer", "personnr"),
        *("personnummer", "foedselsnr", "foedselsnummer", "fodselsnummer"),
    ),
    "worker": (
        *("worker_id", "employee", "employee_id", "carer", "carer_id", "staff_id"),
        *("ansatt", "ansatt_id", "ansattnr", "hjelper", "utfoerer", "medarbeider"),
        *("medarbejder", "medarbejder_id", "medarbejdernr", "hjaelper", "udfoerer"),
        *("medarbetare", "medarbetare_id", "personal", "utfoerare", "anstaelld"),
        *("ansatt_nr", "ansattnummer", "medarbejder_nr", "medarbejdernummer"),
        *("utfoert_av", "udfoert_af", "utfoerd_av"),
    ),
    "service": (
        *("service_type", "tjeneste", "tjenestetype", "tiltak", "ydelse", "indsats"),
        *("ydelsestype", "indsatstype", "insats", "insatstyp", "tjaenst", "group"),
    ),
    "planned_start": (
        *("planned_from", "scheduled_start", "planlagt_start", "planlagt_fra"),
        *("planlagt_starttid", "planlagt_oppstart", "planlagt_starttidspunkt"),
        *("disponeret_start", "planerad_start", "planerad_starttid", "planerat_start"),
    ),
    "planned_end": (
        *("planned_to", "scheduled_end", "planlagt_slutt", "planlagt_til"),
        *("planlagt_slutttid", "planlagt_sluttid", "planlagt_slut", "disponeret_slut"),
        *("planlagt_sluttidspunkt", "planerat_slut", "planerad_slut", "planerad_sluttid"),
    ),
    "granted_minutes": (
        *("planned_minutes", "minutes_granted", "vedtatt_tid", "vedtatte_minutter"),
        *("planlagte_minutter", "visiteret_tid", "visiterede_minutter", "bevilget_tid"),
        *("bevilgede_minutter", "beviljad_tid", "beviljade_minuter", "planerad_tid"),
    ),
    "start": (
        *("actual_start", "check_in", "from", "faktisk_start", "faktisk_fra", "oppstart"),
        *("starttid", "faktisk_starttid", "starttidspunkt", "besoegsstart", "start_tid"),
        *("ankomst", "fra", "incheckning", "faktisk_starttidspunkt"),
    ),
    "end": (
        *("actual_end", "check_out", "to", "faktisk_slutt", "faktisk_til", "slutt"),
        *("slutttid", "sluttid", "faktisk_slut", "slut", "besoegsslut", "slut_tid"),
        *("sluttidspunkt", "til", "utcheckning", "faktisk_sluttid", "till"),
    ),
    "date": ("dato", "datum", "day", "dag"),
    "status": (
        *("outcome", "result", "resultat", "utfall", "besoegsstatus", "utfald"),
        *("besoeksstatus", "besoekstatus"),
    ),
    "temp": ("is_temp", "agency", "vikar", "vikariat", "timvikarie", "vikarie"),
    "window_opens": ("earliest", "earliest_start", "tidligst", "tidigast"),
    "window_closes": ("latest", "latest_start", "senest", "senast"),
}
ROSTER = {
    "worker": VISITS["worker"],
    "role": ("rolle", "roll", "stilling", "yrke", "titel", "befattning", "faggruppe"),
    "date": VISITS["date"],
    "start": (
        *VISITS["start"],
        *("shift_start", "vaktstart", "vagtstart", "passtart", "vagt_start"),
    ),
    "end": (
        *VISITS["end"],
        *("shift_end", "vaktslutt", "vagtslut", "passlut", "vagt_slut"),
    ),
    "shift": ("kind", "vakt", "vakttype", "vagt", "vagttype", "pass", "passtyp"),
    "status": ("fravaer", "fravaersstatus", "absence", "fraavaer", "fraanvaro"),
}
TIME_USE = {
    "category": (
        *("activity", "aktivitet", "kategori", "oppgave", "opgave", "uppgift"),
        *("aktivitetstype", "tidskategori"),
    ),
    "minutes": (
        *("minutter", "minuter", "min", "tid_min", "tid_minutter", "tidsbruk"),
        *("tidsforbrug", "tidsaatgaang", "antall_minutter", "antal_minutter"),
    ),
    "role": ROSTER["role"],
    "worker": VISITS["worker"],
    "date": VISITS["date"],
}

STATUS = {  # of a visit
    "given": (
        *("done", "completed", "carried_out", "utfoert", "fullfoert", "gjennomfoert"),
        *("udfoert", "gennemfoert", "afsluttet", "utfoerd", "genomfoerd", "ok"),
        *("levert", "leveret", "levererad", "avsluttet", "avslutad", "ferdig", "faerdig"),
    ),
    "missed": (
        *("not_done", "not_given", "ikke_utfoert", "ikke_gjennomfoert", "ikke_udfoert"),
        *("ikke_gennemfoert", "ej_utfoerd", "inte_utfoerd", "uteblitt", "uteblivet"),
        *("ikke_levert", "ikke_leveret", "udeblevet", "ej_genomfoerd", "utebliven"),
    ),
    "no_show": (
        *("nobody_home", "not_at_home", "bomtur", "ikke_hjemme", "forgaeves"),
        *("forgaeves_gang", "ej_hemma", "inte_hemma", "bomkoerning", "ej_hjemme"),
        *("bruker_ikke_hjemme", "borger_ikke_hjemme", "forgaeves_besoeg"),
        *("brukare_ej_hemma", "brukare_inte_hemma", "kund_ej_hemma"),
    ),
    "cancelled": (
        *("canceled", "called_off", "avlyst", "avbestilt", "aflyst", "afbud"),
        *("instaelld", "avbokad", "innlagt", "indlagt", "inlagd"),
    ),
}
SHIFT_STATUS = {  # of a shift
    "worked": (
        *("present", "there", "til_stede", "tilstede", "arbeid", "arbejde"),
        *("naervarande", "paa_arbejde", "paa_jobb", "i_tjeneste", "arbeidet"),
        *("arbejdet", "arbetat", "arbetad", "utfoert", "udfoert", "utfoerd", "moett"),
        *("moedt", "fremmoedt", "paa_vakt", "paa_vagt", "done", "completed", "ok"),
    ),
    "absent": (
        *("ill", "sick", "syk", "sykmeldt", "syg", "sygemeldt", "sjuk", "fravaer"),
        *("egenmelding", "sykemelding", "sygefravaer", "sjukfraanvaro", "fraavaer"),
        *("sykefravaer", "fraanvarande", "fravaerende", "sykdom", "sygdom", "sjukdom"),
        *("sykemeldt", "sjukskriven", "sjukanmaeld"),
    ),
    "temp": ("absent_temp", "vikar", "vikar_inne", "vikarie", "substitute"),
}
YES = {
    "yes": ("ja", "true", "1", "x", "y", "j", "sant", "sand", "sann"),
    "no": ("nei", "nej", "false", "0", "n", "usant", "falsk", "falskt", ""),
}


def meaning(plain: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """Give the word of ours that a plain name means; empty where none is.

    Examples
    --------
    >>> meaning("borger_id", VISITS), meaning("planlagt_slutt", VISITS)
    ('client', 'planned_end')
    """
    if plain in words:
        return plain
    return next((word for word, others in words.items() if plain in others), "")
