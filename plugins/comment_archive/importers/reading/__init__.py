"""What importers read with: bytes as letters, letters as tags, old ways to write a date."""
