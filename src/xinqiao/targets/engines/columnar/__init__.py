"""How indicators are counted over the tables of a copy.

`asking` says what is asked of what, `measures` which columns an indicator is added up from. An engine makes those
columns by expressions of ibis: `facts`, `stocks`, `lengths`, with `conditions` for what facts must be. `places` knows
which places lie above which; `telling` adds up for them what comes back, and tells it indicator by indicator.
"""
