"""The demo: two invented articles, the people of a desk, and what became of some of the claims.

Plain data, and one loader that takes it through the same services as everybody else.
"""
