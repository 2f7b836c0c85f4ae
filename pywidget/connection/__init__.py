"""The sign-in to Zoom: how its token is obtained, renewed and shared, and the calls with it."""
