"""Tables of changes: CSV, TSV, XLSX, JSON and JSON lines."""
