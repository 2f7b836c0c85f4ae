import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag === "zoom-meeting";

export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
