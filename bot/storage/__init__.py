"""The workspace database: what this installation keeps for its teams. SQLAlchemy Core, on SQLite or PostgreSQL; one
module for each subject.
"""
