"""Understanding questions and ranking answers. Pure: nothing here reads a file, a database or a clock."""
