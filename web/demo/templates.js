/** Fresh elements from a `<template>`, filled as text, never as markup. */

export function instantiate(templateId, texts) {
  const template = document.getElementById(templateId);
  const root = document.importNode(template.content, true).firstElementChild;
  for (const [slot, text] of Object.entries(texts)) {
    for (const element of root.querySelectorAll(`[data-slot="${slot}"]`)) element.textContent = text;
  }
  return root;
}
