import { readFileSync } from 'node:fs'
import type { HandOverOptions } from './target.ts'

/** What a service that is measured without code says by its environment. */
export type Environment = {
  readonly journeysFile: string
  readonly service: string
  /** Where `/metrics` is served; undefined where the app serves it itself. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined
  readonly handOver: HandOverOptions | undefined
  readonly cluster: boolean
}

const LOOPBACK = '127.0.0.1'

/** @throws Error that says which variable is wrong, and how to mend it; a token is never in it. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const said = (name: string) => (env[name] === '' ? undefined : env[name])
  const service = said('TABIJI_SERVICE')
  if (service === undefined) {
    throw new Error('TABIJI_SERVICE is not set; set it to the name by which the collector knows this service')
  }
  const cluster = said('TABIJI_CLUSTER') ?? '0'
  if (cluster !== '0' && cluster !== '1')
    throw new Error(`TABIJI_CLUSTER is "${cluster}"; set it to 1, or leave it out`)
  return {
    journeysFile: said('TABIJI_JOURNEYS') ?? 'journeys.json',
    service,
    metrics: metricsOf(said('TABIJI_METRICS')),
    handOver: handOverOf(said),
    cluster: cluster === '1',
  }
}

function metricsOf(text: string | undefined): Environment['metrics'] {
  if (text === undefined) return undefined
  const [, host = LOOPBACK, port] = /^(?:(?:\[?([\w.:-]+?)\]?):)?(\d{1,5})$/.exec(text) ?? []
  if (port !== undefined && Number(port) <= 65_535) return { host, port: Number(port) }
  throw new Error(`TABIJI_METRICS is "${text}"; set it to a port, or to an address and a port such as 127.0.0.1:9464`)
}

function handOverOf(said: (name: string) => string | undefined): HandOverOptions | undefined {
  const [url, spool, file] = ['TABIJI_COLLECTOR', 'TABIJI_SPOOL', 'TABIJI_TOKEN_FILE'].map(said)
  const token = file === undefined ? said('TABIJI_TOKEN') : tokenIn(file)
  if (url !== undefined) return { url, ...(token !== undefined && { token }), ...(spool !== undefined && { spool }) }
  if (token === undefined && spool === undefined) return undefined
  throw new Error(
    'TABIJI_COLLECTOR is not set, so there is nobody to hand counts over to; set it, or take the token and the spool out',
  )
}

function tokenIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new Error(`TABIJI_TOKEN_FILE names ${file}, which cannot be read (${code})`)
  }
}
