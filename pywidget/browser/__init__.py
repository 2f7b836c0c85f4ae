"""The ports in a real browser; the only room that imports js or pyodide."""
