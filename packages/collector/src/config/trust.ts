import { createSecureContext } from 'node:tls'
import { entriesOf, named, type Path, type Problem, problem, readPart } from '@tabiji/core/problem'
import type { Certificates, Trust } from '../wire/access.ts'
import { tlsSchema } from './schema-parts.ts'
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
  const open = (file: string | undefined) => (file === undefined ? undefined : source.readFile(file))
  const read = () => ({ ca: open(part.caFile), cert: open(part.certFile), key: open(part.keyFile) })
  const make = (files: Files, found: Problem[]): Certificates | undefined => {
    const texts = { ca: textOf(files.ca), cert: textOf(files.cert), key: textOf(files.key) }
    const unfit = [...fileProblems(files, path), ...pairProblems(value, path)]
    const wrong = unfit.length > 0 ? unfit : formProblems(texts, path)
    found.push(...wrong)
    return wrong.length > 0 ? undefined : certificatesOf(texts, part.serverName)
  }
  return source.rotation.keep({ path, read, make }, problems)
}

type Opened = ReturnType<SecretSource['readFile']> | undefined
type Files = { readonly [Part in 'ca' | 'cert' | 'key']: Opened }

function textOf(file: Opened): string | undefined {
  return file !== undefined && 'text' in file ? file.text : undefined
}

function fileProblems(files: Files, path: Path): readonly Problem[] {
  return (['ca', 'cert', 'key'] as const).flatMap((part) => {
    const file = files[part]
    if (file === undefined || 'text' in file) return []
    return [told([...path, `${part}File`], `to name a file that can be read (${file.failure})`)]
  })
}

function certificatesOf({ ca, cert, key }: Texts, serverName: string | undefined): Certificates {
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
