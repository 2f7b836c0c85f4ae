"""The tunnel of docs/tunnel/, run for real: nginx, websockify, and what passes through them."""
