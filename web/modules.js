/**
 * Scripts of ours, checked before any of them runs.
 *
 * A script is fetched before it is imported: a browser keeps a failed import for the life of the page, but a failed
 * fetch can simply be tried again. What was fetched is checked, but an import asks anew, and might be answered with
 * something else. So the browser has to check that, too, and takes a digest for a module in a `<link>`: what was
 * loaded by it is what every later import of that address gets (HTML standard, "module map"). Workers have no links,
 * but their scripts come from the page's own origin.
 */
import { downloadBytes, LoadError, verify } from "./download.js";

/** Browsers that do not know these links import what they get: what was fetched before has been checked all the same. */
const canPreload = () => globalThis.document?.createElement("link").relList.supports("modulepreload") ?? false;

/** A page whose policy names a nonce has it on its scripts. */
const findNonce = () => [...document.querySelectorAll("script")].find(({ nonce }) => nonce)?.nonce ?? "";

/**
 * @param {string} url
 * @param {string} digest
 */
async function preload(url, digest) {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.integrity = digest;
  link.nonce = findNonce();
  link.href = url;
  await new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () =>
      reject(new LoadError(`could not load ${url} (the browser refused it)`, false)),
    );
    /** @type {HTMLHeadElement} */ (document.querySelector("head")).append(link);
  }).finally(() => link.remove());
}

/**
 * Resolves when these scripts can be imported. One that another one imports comes before it in the list.
 *
 * @param {{ url: string, digest: string, bytes?: Promise<Uint8Array<ArrayBuffer>> | undefined }[]} modules - `bytes` is what is on
 *   its way already, and has not been checked
 */
export async function prepareModules(modules) {
  await Promise.all(
    modules.map(async ({ url, digest, bytes }) => verify(await (bytes ?? downloadBytes(url)), url, digest)),
  );
  if (canPreload()) await Promise.all(modules.map(({ url, digest }) => preload(url, digest)));
}

/**
 * @param {string} url
 * @param {string} digest
 * @returns {Promise<unknown>} the module, which the caller knows
 */
export async function importModule(url, digest) {
  await downloadBytes(url, digest);
  if (canPreload()) await preload(url, digest);
  return import(url);
}
