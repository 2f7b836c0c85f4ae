"""What people hear, and reach by key: axe, the accessibility tree, live regions, whole journeys."""
