"""What the services need of the outside world, as protocols; adapters satisfy them."""
