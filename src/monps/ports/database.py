"""The database itself, apart from what is in it."""

from typing import Protocol


class Database(Protocol):
    """Can be reached or not, and stands at one revision of its schema."""

    @property
    def url(self) -> str:
        """Where it is, without its password."""
        ...

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        ...

    def current(self) -> str | None:
        """Return the schema's revision, or None where there is no schema yet.

        Raises
        ------
        StorageError
            If the database cannot be reached.
        """
        ...

    def head(self) -> str:
        """Return the revision that this version of monps needs."""
        ...

    def upgrade(self, revision: str = "head") -> None:
        """Bring the schema forward."""
        ...

    def downgrade(self, revision: str) -> None:
        """Take the schema back; what later revisions added is lost."""
        ...
