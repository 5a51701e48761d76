"""Use cases: one verb a file, one transaction; they know no database, no provider and no terminal."""
