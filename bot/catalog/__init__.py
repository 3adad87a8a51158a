"""What Halo shipped: the entries, and the SQLite database that holds them."""
