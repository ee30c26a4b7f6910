import { createSecureContext } from 'node:tls'
import { entriesOf, named, type Path, type Problem, problem, readPart } from '@tabiji/core/problem'
import type { Trust } from './config.ts'
import { tlsSchema } from './schema.ts'
import type { SecretSource } from './secret.ts'

/**
 * The certificates and the key that `tls` names, read and tried, so that a wrong file is told before anything starts. Nothing of
 * a file is ever told: a key is a secret, and who mixes the files up has it where a certificate should be.
 *
 * @returns `undefined` when there is no `tls` or something is wrong with it; then problems were added
 */
export function resolveTrust(value: unknown, path: Path, source: SecretSource, problems: Problem[]): Trust | undefined {
  const part = value === undefined ? undefined : readPart(tlsSchema, value)
  if (part === undefined) return undefined
  const before = problems.length
  const read = (key: 'caFile' | 'certFile' | 'keyFile') => {
    const file = part[key]
    if (file === undefined) return undefined
    const found = source.readFile(file)
    if ('text' in found) return found.text
    problems.push(told([...path, key], `to name a file that can be read (${found.failure})`))
    return undefined
  }
  const [ca, cert, key] = [read('caFile'), read('certFile'), read('keyFile')]
  problems.push(...pairProblems(value, path))
  if (problems.length > before) return undefined
  problems.push(...formProblems({ ca, cert, key }, path))
  if (problems.length > before) return undefined
  const { serverName } = part
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && key !== undefined && { identity: { cert, key: () => key } }),
    ...(serverName !== undefined && { serverName }),
  }
}

function pairProblems(value: unknown, path: Path): readonly Problem[] {
  const keys = entriesOf(value)
  if (keys.has('certFile') === keys.has('keyFile')) return []
  return [told(path, 'to have `certFile` and `keyFile` together')]
}

type Texts = { readonly [Part in 'ca' | 'cert' | 'key']: string | undefined }

/** What Node's own TLS says of the files, one after the other, because it does not say which it means. */
function formProblems({ ca, cert, key }: Texts, path: Path): readonly Problem[] {
  const found: Problem[] = []
  if (ca !== undefined && !isCertificate(ca)) found.push(told([...path, 'caFile'], 'to name certificates in PEM'))
  if (cert === undefined || key === undefined) return found
  if (!isCertificate(cert)) found.push(told([...path, 'certFile'], 'to name a certificate in PEM'))
  if (!isTaken({ key })) found.push(told([...path, 'keyFile'], 'to name a private key in PEM, without a passphrase'))
  else if (found.length === 0 && !isTaken({ cert, key })) {
    found.push(told([...path, 'keyFile'], 'to name the key of the certificate in `certFile`'))
  }
  return found
}

/** As an authority Node takes any text, and believes nobody by it. */
function isCertificate(text: string): boolean {
  return text.includes('-----BEGIN CERTIFICATE-----') && isTaken({ cert: text })
}

function isTaken(options: { readonly cert?: string; readonly key?: string }): boolean {
  try {
    createSecureContext(options)
    return true
  } catch {
    return false
  }
}

function told(path: Path, what: string): Problem {
  return problem('CONFIG_TLS', path, `Expected ${named(path)} ${what}`)
}
