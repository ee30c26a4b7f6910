/** @returns whether the name is a zone of the IANA database, such as `Asia/Tokyo`. */
export function isTimeZone(name: string): boolean {
  // An offset such as `+09:00` is a zone to Intl, but no place that changes its clocks.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
