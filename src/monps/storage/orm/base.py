"""What all tables are made of.

A moment is an integer: microseconds since 1970 in UTC, the same on every database, losing nothing.
"""

from sqlalchemy import REAL, BigInteger, Boolean, Double, Integer, MetaData, SmallInteger
from sqlalchemy.types import TypeEngine

# SQLite's STRICT tables know these types alone: INTEGER, REAL, TEXT and BLOB.
Small = SmallInteger().with_variant(Integer(), "sqlite")
Moment = BigInteger().with_variant(Integer(), "sqlite")
Number: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")
Flag = Boolean().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
