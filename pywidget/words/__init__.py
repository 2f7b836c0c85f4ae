"""Every word that people read, by place and code; beside `domain`, and nothing else speaks."""
