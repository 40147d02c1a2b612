"""The people of the demo's desk. Their addresses are at example.org, which reaches nobody."""

from dataclasses import dataclass

from accounts.roles import Role

#: For everyone. The demo refuses to load in production.
PASSWORD = "assay-the-demo"  # noqa: S105 - printed for whoever runs the demo


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    name: str
    email: str
    role: Role


CAST = (
    Person("contributor", "Cato Lindqvist", "contributor@example.org", Role.CONTRIBUTOR),
    Person("runa", "Runa Halvorsen", "reviewer@example.org", Role.REVIEWER),
    Person("idris", "Idris Mensah", "reviewer2@example.org", Role.REVIEWER),
    Person("mara", "Mara Lind", "editor@example.org", Role.EDITOR),
    Person("noor", "Noor Castell", "editor2@example.org", Role.EDITOR),
    Person("admin", "Ada Winther", "admin@example.org", Role.ADMINISTRATOR),
    Person("api", "Northern Wire website", "api@example.org", Role.CONSUMER),
)
