"""The catalogue: every change that Halo shipped, in an SQLite database that other programs can read and change."""
