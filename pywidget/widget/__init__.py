"""One element: its model, what can happen to it, and what is done about that."""
