"""What requests and answers look like where a noun of the domain is not the whole of it."""
