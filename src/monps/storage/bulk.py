"""Many rows at once, the fastest way each database has."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Column, Connection, Table, select

from monps.storage.mappers import Row

_BATCH = 50


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that have all columns of the table, in order, but a number that the database gives.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    table : Table
        Where to.
    rows : sequence of tuple
        As many as there are; none is fine.
    """
    if not rows:
        return
    names = [column.name for column in table.columns if column is not table.autoincrement_column]
    into = f"{table.name} ({', '.join(names)})"
    if connection.dialect.name == "sqlite":
        _insert(connection, f"INSERT INTO {into} VALUES ", rows)  # noqa: S608 - the table's own names
    else:
        _copy(connection, f"COPY {into} FROM STDIN", rows)


def select_named(
    connection: Connection, columns: Sequence[Column[Any]], name: str, values: Sequence[str]
) -> Sequence[Sequence[Any]]:
    """Select the rows of a table in which a column has one of some values.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    columns : sequence of Column
        Of one table.
    name : str
        The column.
    values : sequence of str
        As many as there are; none is fine.
    """
    named = columns[0].table.c[name]
    if connection.dialect.name == "sqlite":
        return connection.execute(select(*columns).where(named.in_(values))).all()
    told = ", ".join(column.name for column in columns)
    statement = f"SELECT {told} FROM {named.table} WHERE {name} = ANY(%s)"  # noqa: S608 - the table's own names
    # As text, which is the rule, bytes come in twice their length, and to read them takes thrice the time.
    cursor: Any = connection.connection.cursor(binary=True)
    with cursor:
        found: list[Sequence[Any]] = cursor.execute(statement, (list(values),)).fetchall()
    return found


def _insert(connection: Connection, statement: str, rows: Sequence[Row]) -> None:
    """Insert fifty rows a statement, which takes half the time of a row each, and then the rest."""
    one = f"({', '.join('?' * len(rows[0]))})"
    whole = len(rows) - len(rows) % _BATCH
    batches = [tuple(chain.from_iterable(rows[start : start + _BATCH])) for start in range(0, whole, _BATCH)]
    for values, parameters in ((", ".join([one] * _BATCH), batches), (one, list(rows[whole:]))):
        if parameters:
            connection.exec_driver_sql(statement + values, parameters)


def _copy(connection: Connection, statement: str, rows: Sequence[Row]) -> None:
    cursor: Any = connection.connection.cursor()  # psycopg's own, which can do more than the standard asks
    with cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
