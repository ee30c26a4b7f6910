/** Whether somebody has typed, ticked or chosen something in it that was not sent yet. */
export function isTouched(part: HTMLElement): boolean {
  return [...part.querySelectorAll('input:not([type=hidden]), textarea, select')].some(differs)
}

function differs(field: Element): boolean {
  if (field instanceof HTMLInputElement) {
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked
  }
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue
  if (!(field instanceof HTMLSelectElement)) return false
  // Where none is marked, a browser chooses the first by itself.
  const first = field.querySelector<HTMLOptionElement>('option[selected]') ?? field.options[0]
  return field.value !== first?.value
}
