"""What carries out effects, through the services of the page; each may ask for the next event."""
