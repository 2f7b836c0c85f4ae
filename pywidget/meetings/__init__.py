"""The one meeting of an appointment: created, found again, kept true, and its line in the notes."""
