"""What the widget is about, and nothing else: no clock, no network, no page."""
