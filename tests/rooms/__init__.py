"""The picture of the rooms in ARCHITECTURE.md, drawn from the imports."""
