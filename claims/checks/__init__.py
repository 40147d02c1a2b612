"""Fact-checks by others, as their publishers mark them up (ClaimReview), read into our words. All of it is pure.

The markup is written by many hands and shown to no reader, so nobody notices when it is broken. `markup` gets data out
of pages and files, `things` walks it whatever its shape, `ratings`, `dates` and `claimants` read its values, and
`reading` makes one check of one ClaimReview, with a list of what was odd.
"""
