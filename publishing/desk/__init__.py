"""The desk's pages that put something on the public record."""
