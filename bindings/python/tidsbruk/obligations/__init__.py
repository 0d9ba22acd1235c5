"""Duties to record, one by one: what each takes, and what comes back if it goes.

`reading` reads a controller's list (`rows` its cells, `words`, `numbers` and `frequency`
what stands in them), `register` finds each duty's obligation in a scenario, `removal`
simulates the unit without it (`tidsbruk.duties`), `table` says what obligations took in a
run (`Result.duties`), and `show` prints both. The package is not named after the function
`tidsbruk.duties`, which an import of it would hide.
"""
