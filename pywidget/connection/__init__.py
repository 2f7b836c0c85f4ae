"""Who is signed in: the token, how it is got, renewed and shared, and the calls made with it."""
