"""The one meeting of an appointment: creating it, finding a lost one, its line in the notes."""
