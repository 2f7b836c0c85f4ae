"""The one meeting of an appointment: how it is created, found and corrected, and its line."""
