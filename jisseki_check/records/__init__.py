"""What proves a run: its record, the book that chains such records, and how far one holds when done again."""
