"""The relays of docs/relay/, run for real: nginx, and the function under Node."""
