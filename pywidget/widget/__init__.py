"""One element: its model, the events that change it, and the effects that follow."""
