"""How the widget looks: measured on pages that show any of its states at once, without Python."""
