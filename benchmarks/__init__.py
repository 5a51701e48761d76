"""What monps costs and how well it forecasts, measured beside its peers; see README.md."""
