"""What tests of a page with the Zoom meeting widget need: page objects, and a Zoom simulator."""
