"""The dashboard: pages rendered on the server, which work with scripts off and ask no other host."""
