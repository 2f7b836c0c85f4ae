/** Fresh elements from a `<template>`, filled as text, never as markup. */

import { find } from "./elements.js";

/**
 * @param {string} templateId
 * @param {Record<string, string>} texts - by the slots that they fill
 * @returns {HTMLElement}
 */
export function instantiate(templateId, texts) {
  const template = find(document, `#${templateId}`, HTMLTemplateElement);
  const root = find(document.importNode(template.content, true), "*", HTMLElement);
  for (const [slot, text] of Object.entries(texts)) {
    for (const element of root.querySelectorAll(`[data-slot="${slot}"]`)) element.textContent = text;
  }
  return root;
}
