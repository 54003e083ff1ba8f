"""How indicators are counted over the tables of a copy.

`asking` says what is asked of what, `measures` which columns an indicator is added up from. An engine makes those columns
by expressions of ibis: `facts`, `stocks` and `lengths`, with `conditions` for what facts must be. `places` sums up what
comes back for all places above, and `telling` tells it indicator by indicator.
"""
