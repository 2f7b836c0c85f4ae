export default { build: { rolldownOptions: { input: ["index.html", "next.html"] } } };
