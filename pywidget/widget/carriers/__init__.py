"""The carriers of effects: they use the page's services, and may dispatch the next event."""
