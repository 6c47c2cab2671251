/** Whether a text may hold a CustomResourceDefinition: no other is worth parsing. */
export function mentionsCrd(text: string): boolean {
  return text.includes('CustomResourceDefinition');
}
