/**
 * Bundles the tunnel's script, which keeps its name.
 *
 *     node web/tools/bundle_tunnel.mjs TARGET_FOLDER '{"NAME": value, …}'
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundling.mjs";

const [target, given] = process.argv.slice(2);
writeFileSync(join(target, "tunnel.js"), await bundle("tunnel/tunnel", JSON.parse(given)));
