const form = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text from an address can be an id at all. */
export function isUuid(text: string): boolean {
  return form.test(text);
}
