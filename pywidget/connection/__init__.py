"""Who is signed in: getting, renewing and sharing the token, and calling Zoom with it."""
