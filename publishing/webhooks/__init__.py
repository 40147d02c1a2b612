"""Webhooks: each publication is sent to whoever asked for it, by Standard Webhooks 1.0 (ADR 0017).

`models` is the outbox, `outbox` fills it in the transaction that publishes, `sending` empties it, `services` is what
people do with endpoints. `messages`, `schedule` and `sealing` are pure.
"""
