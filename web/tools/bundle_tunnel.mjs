/**
 * Bundles the tunnel's script.
 *
 *     node web/tools/bundle_tunnel.mjs TARGET '{"NAME": value, …}'
 */
import { writeFileSync } from "node:fs";
import process from "node:process";
import { bundle } from "./bundling.mjs";

const [target, given] = process.argv.slice(2);
writeFileSync(target, await bundle("tunnel/tunnel", JSON.parse(given)));
