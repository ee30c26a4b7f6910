import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import protobuf from 'protobufjs'

/** The metrics of OTLP 1.x with the fields that a test looks at; numbers as in the published protocol. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Request { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
  message Resource { repeated Attribute attributes = 1; }
  message ScopeMetrics { Scope scope = 1; repeated Metric metrics = 2; }
  message Scope { string name = 1; string version = 2; }
  message Metric {
    string name = 1; string unit = 3;
    oneof data { Numbers gauge = 5; Numbers sum = 7; Histograms histogram = 9; }
  }
  message Numbers { repeated NumberPoint data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
  message Histograms { repeated HistogramPoint data_points = 1; int32 aggregation_temporality = 2; }
  message NumberPoint {
    fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
    oneof value { double as_double = 4; sfixed64 as_int = 6; }
    repeated Attribute attributes = 7;
  }
  message HistogramPoint {
    fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3;
    fixed64 count = 4; double sum = 5; repeated fixed64 bucket_counts = 6; repeated double explicit_bounds = 7;
    repeated Attribute attributes = 9;
  }
  message Attribute { string key = 1; Value value = 2; }
  message Value { oneof value { string string_value = 1; int64 int_value = 3; } }
`)
const REQUEST = root.lookupType('Request')

type Attributes = readonly { readonly key: string; readonly value?: { readonly stringValue?: string } }[]
export type NumberPoint = { startTimeUnixNano: string; asInt?: string; asDouble?: number; attributes?: Attributes }
export type HistogramPoint = {
  startTimeUnixNano: string
  count: string
  sum: number
  bucketCounts: readonly string[]
  explicitBounds: readonly number[]
  attributes?: Attributes
}
export type OtlpMetric = {
  readonly name: string
  readonly unit?: string
  readonly gauge?: { readonly dataPoints: readonly NumberPoint[] }
  readonly sum?: {
    readonly dataPoints: readonly NumberPoint[]
    readonly aggregationTemporality: number
    readonly isMonotonic: boolean
  }
  readonly histogram?: { readonly dataPoints: readonly HistogramPoint[]; readonly aggregationTemporality: number }
}
export type Push = { readonly resource: Readonly<Record<string, string>>; readonly metrics: readonly OtlpMetric[] }

export function textOf(attributes: Attributes = []): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value?.stringValue ?? '']))
}

/** What was pushed, decoded from the bytes of a request. */
function decodePush(body: Buffer): Push {
  const { resourceMetrics } = REQUEST.toObject(REQUEST.decode(body), { longs: String }) as {
    resourceMetrics: { resource: { attributes?: Attributes }; scopeMetrics?: { metrics: OtlpMetric[] }[] }[]
  }
  const [only] = resourceMetrics
  if (only === undefined || resourceMetrics.length > 1) throw new Error('Expected the metrics of one resource.')
  return {
    resource: textOf(only.resource.attributes),
    metrics: (only.scopeMetrics ?? []).flatMap(({ metrics }) => metrics),
  }
}

type Received = {
  readonly path: string
  readonly authorization: string | undefined
  readonly type: string | undefined
  readonly body: Buffer
}

/** A server on loopback that keeps what it is sent and says yes to all of it. */
export async function startReceiver() {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const { url: path = '', headers } = request
    received.push({
      path,
      authorization: headers.authorization,
      type: headers['content-type'],
      body: await bodyOf(request),
    })
    response.writeHead(200, { 'content-type': headers['content-type'] ?? 'application/json' }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const pushes = () => received.filter(({ path }) => path === '/v1/metrics').map(({ body }) => decodePush(body))
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, received, pushes, close }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
