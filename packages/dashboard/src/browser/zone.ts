/** Only the browser knows in which zone it is: its choice stands there without a name until it says so. */
export function offerOwnZone(): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  for (const option of document.querySelectorAll<HTMLOptionElement>('option[data-own-zone]')) {
    const others = [...(option.parentElement?.children ?? [])].filter((each) => each !== option)
    if (others.some(({ textContent }) => textContent === timeZone)) continue
    option.value = timeZone
    option.textContent = `${option.textContent ?? ''}: ${timeZone}`
    option.hidden = false
    option.disabled = false
  }
}
