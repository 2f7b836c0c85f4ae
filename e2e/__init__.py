"""Browser tests, with the page objects and the simulated Zoom that they use."""
