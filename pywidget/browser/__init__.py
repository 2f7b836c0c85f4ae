"""The real browser behind the ports: the only folder that imports js, pyodide or pyscript."""
