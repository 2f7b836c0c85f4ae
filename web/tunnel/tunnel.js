/**
 * The tunnel's own files: TLS as WebAssembly, the roots that it trusts, and the Python that uses them. Only a page
 * whose tag has `data-tunnel` loads this. All else is Python, in pywidget/tunnel/. What stands in capitals is put in by the build.
 */
import { download, downloadBytes } from "../download.js";
import { compile } from "../wasm.js";

const at = (/** @type {string} */ file) => new URL(`assets/${file}`, import.meta.url).href;

/** `getRandomValues` gives no more at once. */
const MOST_RANDOM_BYTES = 65_536;

/**
 * The functions of web/tunnel/tls.h; each takes numbers and gives one back, or nothing.
 * @typedef {Record<string, (...numbers: number[]) => number | undefined>} TlsFunctions
 *
 * @typedef {TlsFunctions & { memory: WebAssembly.Memory }} TlsExports
 */

/** TLS with its memory, as Python uses it. */
class TlsModule {
  #exports;

  /** @param {TlsExports} exports */
  constructor(exports) {
    this.#exports = exports;
  }

  /**
   * Calls an exported function.
   *
   * @param {string} name
   * @param {number[]} numbers
   */
  call(name, ...numbers) {
    return /** @type {TlsFunctions[string]} */ (this.#exports[name])(...numbers) ?? 0;
  }

  /**
   * That part of the memory itself, until the next call.
   *
   * @param {number} address
   * @param {number} length
   */
  view(address, length) {
    return new Uint8Array(this.#exports.memory.buffer, address, length);
  }
}

/** Resolves to a new instance, with the browser's randomness and clock. */
async function loadTls() {
  const module = await compile(await download(at(TLS_WASM.file)), TLS_WASM.digest);
  const env = {
    /**
     * @param {number} address
     * @param {number} length
     */
    fill_random(address, length) {
      const bytes = new Uint8Array(exports.memory.buffer, address, length);
      for (let start = 0; start < length; start += MOST_RANDOM_BYTES) {
        crypto.getRandomValues(bytes.subarray(start, start + MOST_RANDOM_BYTES));
      }
    },
    now_ms: () => Date.now(),
  };
  const instance = await WebAssembly.instantiate(module, { env });
  const exports = /** @type {TlsExports} */ (instance.exports);
  return new TlsModule(exports);
}

/**
 * Resolves to the archive with the tunnel's Python, to TLS, and to the certificates that it is to trust, as PEM: those
 * at this address, or the tunnel's own.
 *
 * @param {string} rootsUrl
 */
export async function load(rootsUrl) {
  const [archive, tls, roots] = await Promise.all([
    downloadBytes(at(TUNNEL_ARCHIVE.file), TUNNEL_ARCHIVE.digest),
    loadTls(),
    rootsUrl ? downloadBytes(rootsUrl) : downloadBytes(at(ROOTS.file), ROOTS.digest),
  ]);
  return { archive, tls, roots };
}
