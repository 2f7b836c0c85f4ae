"""The steps: one function for each event, from model and event to model and effects."""
