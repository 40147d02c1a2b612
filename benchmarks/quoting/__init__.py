"""Quotes drawn from articles and altered, with what must become of each known by construction."""
