"""The proof of the public record: signed heads, the keys that sign them, and what checks both."""
