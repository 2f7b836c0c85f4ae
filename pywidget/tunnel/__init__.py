"""The tunnel: HTTP over TLS that the page speaks itself, so that who carries it reads nothing."""
