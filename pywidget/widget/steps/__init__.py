"""What each event changes: a function for each, from model and event to model and effects."""
