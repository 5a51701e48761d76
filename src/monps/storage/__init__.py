"""The database: tables, the way in and out of them, and how they come about; rows never leave."""
