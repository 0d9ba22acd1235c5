"""Writes the tables of this folder, from one simulated unit: nobody's data.

python examples/data/make.py
"""

import csv
from pathlib import Path

import numpy as np
import tidsbruk as tb

HERE = Path(__file__).parent
SEED, WEEKS, WARMUP = 2024, 8, 8
SMALL = {  # a village: a quarter of the clients and people of the preset
    "clients.home.count": 60,
    "staff.carer.count": 15,
    "shifts.day.weekdays": 5,
    "shifts.day.saturdays": 3,
    "shifts.day.sundays": 3,
    "shifts.evening.weekdays": 2,
    "shifts.evening.saturdays": 2,
    "shifts.evening.sundays": 2,
}
NORDIC = {  # of visits.csv: as a Norwegian system would name them
    "client": "bruker",
    "worker": "ansatt",
    "service": "tjeneste",
    "planned_start": "planlagt start",
    "planned_end": "planlagt slutt",
    "start": "faktisk start",
    "end": "faktisk slutt",
    "status": "status",
    "temp": "vikar",
}
SURVEY = {  # activities of the ledger, as a Norwegian survey would ask for them
    "care_needed": "Ansikt-til-ansikt-tid",
    "care_surplus": "Ansikt-til-ansikt-tid",
    "records_presence": "Dokumentasjon",
    "records_away": "Dokumentasjon",
    "travel": "Kjøring",
    "indirect": "Rapport",
    "meetings": "Møter",
    "dialogue": "Samtaler",
    "control": "Kontroll",
    "administration": "Administrasjon",
    "breaks": "Pause",
    "idle": "Ventetid",
    "development": "Utvikling",
}


def unit():
    """The unit that the tables are of."""
    return tb.preset("home_care/npm").replace(SMALL)


def nordic_time(at):
    """Write an instant to the minute, as people here do."""
    return "" if at is None else at.strftime("%d.%m.%Y %H:%M")


def write_visits(trace):
    """Write visits with semicolons, Nordic dates, times to the minute."""
    words = {"given": "utført", "missed": "ikke utført", True: "ja", False: "nei"}
    with (HERE / "visits.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(NORDIC.values())
        for row in trace.visits().to_pylist():
            cells = (row[name] for name in NORDIC)
            writer.writerow(
                words.get(cell, nordic_time(cell) if hasattr(cell, "hour") else cell)
                if cell is not None
                else ""
                for cell in cells
            )


def write_roster(trace):
    """Write the roster as `tidsbruk trace --table roster` does."""
    from tidsbruk.trace_files import write

    write(trace, HERE / "roster.csv", "roster")


def write_time_use(trace):
    """Write what a fifth of the staff did in one week, to five minutes a day."""
    part = trace.select(days=(0, 7)).to_arrow().to_pandas()
    asked = sorted(set(part["worker"]))[::3]
    part = part[part["worker"].isin(asked)]
    part["category"] = part["activity"].map(SURVEY)
    part["minutes"] = (part["end"] - part["start"]).dt.total_seconds() / 60
    part["date"] = part["start"].dt.strftime("%d.%m.%Y")
    keys = ["worker", "date", "category"]
    table = part.groupby(keys, observed=True)["minutes"].sum().reset_index()
    table["minutes"] = (np.round(table["minutes"] / 5) * 5).astype(int)
    table = table[table["minutes"] > 0]
    table.columns = ["ansatt", "dato", "kategori", "minutter"]
    table.to_csv(HERE / "time_use.csv", sep=";", index=False, lineterminator="\n")


def main():
    """Write all of them."""
    trace = tb.trace(unit(), seed=SEED, weeks=WEEKS, warmup=WARMUP)
    write_visits(trace)
    write_roster(trace)
    write_time_use(trace)


if __name__ == "__main__":
    main()
