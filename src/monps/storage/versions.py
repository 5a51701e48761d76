"""What makes a competition's data another version when its details change."""

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from monps.storage.orm import detail_versions


def details_changed(connection: Connection, competitions: Iterable[int]) -> None:
    """Note that details of these competitions (by their numbers) are not what they were."""
    table = detail_versions
    wanted = sorted(set(competitions))
    known = set(connection.scalars(select(table.c.competition_id).where(table.c.competition_id.in_(wanted))))
    for number in wanted:
        if number in known:
            at = table.c.competition_id == number
            connection.execute(update(table).where(at).values(version=table.c.version + 1))
        else:
            connection.execute(insert(table).values(competition_id=number, version=1))
