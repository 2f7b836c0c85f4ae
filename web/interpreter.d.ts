/** Pyodide and PyScript as far as our scripts use them; some of it is not in their own declarations. */
import type { PyodideAPI } from "pyodide";

/** What Emscripten makes of Pyodide, before and while Python runs in it. */
export interface PyodideModule {
  API: { fatal_error(error: unknown): void };
  HEAPU8: Uint8Array;
  callPyObject: unknown;
  callPyObjectMaybePromising: unknown;
  _emscripten_stack_get_base(): number;
  _emscripten_stack_get_end(): number;
}

export interface Pyodide extends PyodideAPI {
  _module: PyodideModule;
}

/** What Pyodide throws again after it has died. */
export interface FatalError {
  pyodide_fatal_error?: boolean;
}

export interface Streams {
  stdout(line: string): void;
  stderr(line: string): void;
}

/** Given to Pyodide as they are. */
interface PyodideOptions extends Partial<Streams> {
  _makeSnapshot?: boolean;
  _loadSnapshot?: Uint8Array;
}

/** What loading Python takes; `loadPython` says when each is called. */
export interface LoadOptions extends PyodideOptions {
  compiled: Promise<WebAssembly.Module>;
  fetched?: Promise<unknown>;
  onDownloaded?: () => void;
  onMemory?: (module: PyodideModule) => void;
  onDeath?: (reason: unknown) => void;
}

/** `pyodide.mjs`, as web/tools/trim_pyodide.mjs leaves it. */
export interface PyodideLoader {
  loadPyodide(
    options: PyodideOptions & {
      indexURL: string;
      lockFileContents: string;
      stdLibURL: Promise<Uint8Array>;
      wasmModule: Promise<WebAssembly.Module>;
      onWasmError(error: unknown): void;
      env: Record<string, string>;
      fsInit(files: { writeFile(path: string, content: Uint8Array): void }): Promise<void>;
      createPyodideModule(settings: object): Promise<PyodideModule>;
    },
  ): Promise<Pyodide>;
}

/** `pyodide.asm.mjs`. */
export interface PyodideFactory {
  default(settings: object): Promise<PyodideModule>;
}

/** PyScript's `core.js`. */
export interface PyScript {
  hooks: { worker: { onBeforeRunAsync: Set<unknown> } };
  stdlib: string;
}
