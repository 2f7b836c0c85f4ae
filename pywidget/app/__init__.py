"""What the widget does: its use cases and its state machine. The outside world is `ports`."""
