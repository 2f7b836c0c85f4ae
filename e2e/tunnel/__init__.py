"""The tunnel of docs/tunnel/, run for real: nginx, websockify, and records of the bytes between."""
