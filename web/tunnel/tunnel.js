/**
 * The tunnel's own files: TLS as WebAssembly, the roots that it trusts, and the Python that uses them. Only a page
 * whose tag has `data-tunnel` loads this. All else is Python, in pywidget/tunnel/. What stands in capitals is put in by the build.
 */
import { download, downloadBytes } from "../download.js";
import { compile } from "../wasm.js";

const at = (file) => new URL(`assets/${file}`, import.meta.url).href;

/** `getRandomValues` gives no more at once. */
const MOST_RANDOM_BYTES = 65_536;

/** TLS with its memory, as Python uses it. */
class TlsModule {
  #exports;

  constructor(exports) {
    this.#exports = exports;
  }

  /** Calls an exported function. */
  call(name, ...numbers) {
    return this.#exports[name](...numbers) ?? 0;
  }

  /** That part of the memory itself, until the next call. */
  view(address, length) {
    return new Uint8Array(this.#exports.memory.buffer, address, length);
  }
}

/** Resolves to a new instance, with the browser's randomness and clock. */
async function loadTls() {
  const module = await compile(await download(at(TLS_WASM)));
  const env = {
    fill_random(address, length) {
      const bytes = new Uint8Array(exports.memory.buffer, address, length);
      for (let start = 0; start < length; start += MOST_RANDOM_BYTES) {
        crypto.getRandomValues(bytes.subarray(start, start + MOST_RANDOM_BYTES));
      }
    },
    now_ms: () => Date.now(),
  };
  const { exports } = await WebAssembly.instantiate(module, { env });
  return new TlsModule(exports);
}

/**
 * Resolves to the archive with the tunnel's Python, to TLS, and to the certificates that it is to trust, as PEM: those
 * at this address, or the tunnel's own.
 */
export async function load(rootsUrl) {
  const loading = [downloadBytes(at(TUNNEL_ARCHIVE)), loadTls(), downloadBytes(rootsUrl || at(ROOTS))];
  const [archive, tls, roots] = await Promise.all(loading);
  return { archive, tls, roots };
}
