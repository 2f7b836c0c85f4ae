"""Measures the widget beside stock PyScript, and what many elements and long notes cost.

    python -m e2e.bench --loads 7 --out docs/benchmarks

It measures times and asserts nothing about them; but a page that does not do its work ends the run.
"""
