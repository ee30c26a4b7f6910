/** Errors of this machine, before anything reached the other one. */
const LOCAL: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'EACCES',
  'EPERM',
])

/**
 * Whether a request that got no answer says something about the service.
 *
 * @param code of the error, such as `ECONNREFUSED`
 * @param reached whether any reference address answered; undefined when none is configured
 * @returns why it does not; undefined when it does
 */
export function whyInconclusive(code: string, reached: boolean | undefined): string | undefined {
  if (LOCAL.has(code)) return `this machine could not send it (${code})`
  if (reached === false) return `no reference address answered either (${code}): the network here is down`
  return undefined
}
