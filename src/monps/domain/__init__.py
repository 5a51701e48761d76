"""The nouns: frozen, validated facts that know no arrays, no database and no HTTP."""
