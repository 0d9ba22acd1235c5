"""An analyst's own data: visits, rosters and surveys of time use become settings.

`table` reads a file or a data frame and finds every fault of it (`words` the names of
columns, `times` the instants); `visits` and `roster` load, `estimates` and `need` say
what can be known of laws, `days` what a day looks like, `fitted` makes a scenario of it,
`time_use` maps a survey to the ledger, `show` and `charts` print, `toml` writes.
Who worked and who was visited is known by numbers drawn anew on each loading.
"""
