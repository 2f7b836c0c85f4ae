"""One element: its model, its events, the state machine, and what carries out the effects."""
