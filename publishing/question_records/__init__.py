"""Question–answer–source records: how claims with their evidence travel between desks and research sets, both ways.

A record is one claim with the questions that were asked about it, each with its answers and where they are from.
`shape` is a record in our words and how it is written, `parsing` reads one, `residue` keeps what no model can hold, and
`oddities` names what is odd in one. Those four are pure. `incoming` and `outgoing` are the ways in and out (ADR 0013).
"""
