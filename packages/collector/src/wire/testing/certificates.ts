import { type CertificateExtension, generate } from 'selfsigned'

/** A certificate and its private key, in PEM. */
export type Pair = { readonly cert: string; readonly key: string }

const CURVE = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const

/** An authority that nobody believes who is not told to. */
export async function createAuthority(): Promise<Pair> {
  const extensions: CertificateExtension[] = [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ]
  return pairOf(await generate([{ name: 'commonName', value: 'Authority of a test' }], { ...CURVE, extensions }))
}

/** A certificate for a server or a client, signed by the authority. @param until when it ends; default: in a year */
export async function issue(authority: Pair, names: readonly string[], until?: Date): Promise<Pair> {
  const altNames = names.map((name) =>
    /^[\d.]+$/.test(name) ? ({ type: 7, ip: name } as const) : ({ type: 2, value: name } as const),
  )
  const extensions: CertificateExtension[] = [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
    { name: 'subjectAltName', altNames },
  ]
  const dates =
    until === undefined ? {} : { notBeforeDate: new Date(until.getTime() - 86_400_000), notAfterDate: until }
  const attributes = [{ name: 'commonName', value: names[0] ?? '' }]
  return pairOf(await generate(attributes, { ...CURVE, ...dates, extensions, ca: authority }))
}

function pairOf({ cert, private: key }: { readonly cert: string; readonly private: string }): Pair {
  return { cert, key }
}
