"""Measures the widget beside stock PyScript, and what many elements and long notes cost.

    python -m e2e.bench --loads 7 --out docs/benchmarks

It times, and asserts nothing about times; but a page that did not do its work ends the run.
"""
