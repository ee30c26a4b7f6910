import { entriesOf, type Path, type Problem } from '@tabiji/core/problem'
import type { Access } from '../wire/access.ts'
import { resolveCredentials } from './credentials.ts'
import type { SecretSource } from './secret.ts'
import { resolveTrust } from './trust.ts'

/** How something is reached: what is shown, and who is believed. */
export function resolveAccess(value: unknown, path: Path, around: SecretSource, problems: Problem[]): Access {
  const trust = resolveTrust(entriesOf(value).get('tls'), [...path, 'tls'], around, problems)
  return { ...resolveCredentials(value, path, around, problems), ...(trust !== undefined && { trust }) }
}
