"""HTTP over TLS from the page itself: who is in between reads nothing."""
