/** Fresh elements from a `<template>`, in the page's language and filled as text, never as markup. */

import { find } from "./elements.js";
import { translate } from "./words.js";

/**
 * @param {string} templateId
 * @param {Record<string, string>} texts - by the slots that they fill
 * @returns {HTMLElement}
 */
export function instantiate(templateId, texts) {
  const template = find(document, `#${templateId}`, HTMLTemplateElement);
  const root = find(document.importNode(template.content, true), "*", HTMLElement);
  translate(root);
  fill(root, texts);
  return root;
}

/**
 * @param {ParentNode} place
 * @param {Record<string, string>} texts - by the slots that they fill
 */
export function fill(place, texts) {
  for (const [slot, text] of Object.entries(texts)) {
    for (const element of place.querySelectorAll(`[data-slot="${slot}"]`)) element.textContent = text;
  }
}
