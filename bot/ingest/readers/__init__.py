"""One module a format: bytes of a document in, records of changes out."""
