"""What this installation knows of its teams. SQLAlchemy Core; SQLite by default; a module a subject."""
