/**
 * Bundles the tunnel's script.
 *
 *     node web/tools/bundle_tunnel.mjs TARGET '{"NAME": value, …}'
 */
import { writeFileSync } from "node:fs";
import { readArguments } from "./arguments.mjs";
import { bundle } from "./bundling.mjs";

const [target, given] = readArguments("TARGET", "VALUES");
writeFileSync(target, await bundle("tunnel/tunnel", JSON.parse(given)));
