import type { MailPlace } from './config.ts'

export const MAILBOX_FORM = 'an e-mail address such as `sre@example.org` or `Tabiji <tabiji@example.org>`'

const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/

/** The address of a mailbox, and the name that may stand before it in angle brackets; `undefined` for anything else. */
export function parseMailbox(text: string): { readonly address: string; readonly name?: string } | undefined {
  const given = text.trim()
  if (ADDRESS.test(given)) return { address: given }
  // Signs that have a meaning in an address list, and those that would end a header, are no part of a name.
  const [, name, address] = /^([^\p{Cc}<>@",;:\\]{1,100}?) *<([^<>]+)>$/u.exec(given) ?? []
  return name !== undefined && address !== undefined && ADDRESS.test(address) ? { address, name } : undefined
}

export const MAIL_SERVER_FORM =
  'a mail server such as `smtps://smtp.example.org` (TLS) or `smtp://smtp.example.org:587` (STARTTLS)'

const PORTS: Readonly<Record<string, number>> = { 'smtps:': 465, 'smtp:': 587 }

/** `smtps://HOST:PORT` or `smtp://HOST:PORT`, without a user and password; `undefined` for anything else. */
export function parseMailServer(text: string): Pick<MailPlace, 'host' | 'port' | 'isTls'> | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(text)
  const usual = PORTS[protocol]
  const rest = `${pathname.replace(/^\/$/, '')}${search}${hash}${username}${password}`
  if (usual === undefined || rest !== '' || !/^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]{1,253})$/.test(hostname))
    return undefined
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? usual : Number(port),
    isTls: protocol === 'smtps:',
  }
}
