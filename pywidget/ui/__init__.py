"""The user interface: the state as a description, and the code that makes the page match it."""
