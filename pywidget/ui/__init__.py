"""What the user sees: the state as a description, and the code that makes the page match it."""
