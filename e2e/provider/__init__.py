"""Sign-in with an OAuth server, and beside an OAuth client, that are not ours.

Both are by the author of OpenID's certified libraries: the server is `oidc-provider`, the client
`oauth4webapi`. They are installed for these tests only: `make provider-tests`.
"""
