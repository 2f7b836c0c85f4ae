import type { Settings } from "./names.js";

/**
 * Sets what the script's tag would, for pages that import `embed.js` from where they serve it. It counts more than the
 * tag, and has to be called before the widget starts.
 */
export function configure(settings: { [Name in keyof Settings]?: Settings[Name] | null | undefined }): void;
