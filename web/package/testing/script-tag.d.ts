/**
 * Runs in a page before its own scripts: the tag that brings the widget gets other attributes.
 *
 * @param {Record<string, string | null>} attributes - `null` takes one away
 */
export declare function changeScriptTag(attributes: Record<string, string | null>): void;
