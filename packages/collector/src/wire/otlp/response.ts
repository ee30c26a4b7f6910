import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/** How a push is written; the answer is written likewise. */
export type Encoding = 'protobuf' | 'json'

export const MEDIA_TYPE: Readonly<Record<Encoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
}

/** The encoding that a content type names; `undefined` for any other. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase())
  if (type === MEDIA_TYPE.protobuf) return 'protobuf'
  const isUtf8 = parameters.every((each) => !each.startsWith('charset') || /^charset\s*=\s*"?utf-8"?$/.test(each))
  return type === MEDIA_TYPE.json && isUtf8 ? 'json' : undefined
}

/** Points that were not taken though the push was. */
type PartialSuccess = { readonly rejected: number; readonly message: string }

/** An ExportMetricsServiceResponse; an empty one when everything was taken. */
export function encodeResponse(encoding: Encoding, { rejected, message }: PartialSuccess): Uint8Array {
  if (encoding === 'json') {
    // 64-bit numbers are texts in protobuf's JSON.
    const partialSuccess = { rejectedDataPoints: String(rejected), errorMessage: message }
    return Buffer.from(JSON.stringify(rejected === 0 ? {} : { partialSuccess }))
  }
  if (rejected === 0) return new Uint8Array(0)
  const partial = new BinaryWriter()
    .tag(1, WireType.Varint)
    .int64(rejected)
    .tag(2, WireType.LengthDelimited)
    .string(message)
  return new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(partial.finish()).finish()
}

/** Codes of google.rpc.Status. */
const CODES = { invalid: 3, forbidden: 7, exhausted: 8, unavailable: 14, unauthenticated: 16 } as const
export type StatusCode = keyof typeof CODES

/** A google.rpc.Status, which says why a whole push was refused. */
export function encodeStatus(encoding: Encoding, code: StatusCode, message: string): Uint8Array {
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code: CODES[code], message }))
  return new BinaryWriter()
    .tag(1, WireType.Varint)
    .int32(CODES[code])
    .tag(2, WireType.LengthDelimited)
    .string(message)
    .finish()
}
