"""Appointment, meeting, note line, times and errors: pure, without clock, network or page."""
