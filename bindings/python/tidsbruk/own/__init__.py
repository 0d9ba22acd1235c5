"""An analyst's own data: visits, rosters and surveys of time use become settings.

`table` reads a file or a data frame and finds every fault of it (`words` the names of
columns, `times` the instants); `reading` says what became of each visit, `visits` and
`roster` load, `estimates`, `need` and `held` say what can be known of laws, `presence`
what the base writes at the client, `days` and `calls` what a day looks like, `counts` the
rest; `settings` makes a scenario of it, `seen` and `beside` set that beside the data;
`time_use` maps a survey to the ledger, `show` and `charts` print, `toml` writes.
Who worked and who was visited is known by numbers drawn anew on each loading.
"""
