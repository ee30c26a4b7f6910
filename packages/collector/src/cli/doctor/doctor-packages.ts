import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Examined, Finding } from '../../ports/doctor.ts'
import { dependenciesOf, lateInstrumentation, type Manifest } from './doctor-entry.ts'

/** Packages that measure the same requests by path. */
const OTHER_LAYERS =
  /^(?:express-prom-bundle|prometheus-api-metrics|express-prometheus-middleware|fastify-metrics|@promster\/(?:express|fastify|hapi|server)|@hono\/prometheus|express-prometheus-metrics)$/

/** Looks into the folder of a service: which packages it has, in which versions, and how it is started. */
export function examineFolder(folder: string): Examined {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return { findings: [], looked: [], notLooked: [`packages: there is no ${file}`] }
  const manifest = readManifest(file)
  if (manifest === undefined) return { findings: [], looked: [], notLooked: [`packages: ${file} is no JSON object`] }
  const findings = [...otherLayers(file, manifest), ...tooNewApi(folder), ...lateInstrumentation(folder, manifest)]
  return { findings, looked: [file], notLooked: [] }
}

function readManifest(file: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function otherLayers(file: string, manifest: Manifest): readonly Finding[] {
  const names = dependenciesOf(manifest)
  if (!names.includes('@tabiji/sdk')) return []
  return names
    .filter((name) => OTHER_LAYERS.test(name))
    .map((name) => ({
      code: 'DOCTOR_TWO_LAYERS',
      severity: 'warning',
      where: file,
      what: `${name} measures the same requests as @tabiji/sdk`,
      why: 'each request pays for both, and a layer that labels by path makes a series of every path that a scanner invents',
      fix: `remove ${name} when nothing reads its metrics any more`,
    }))
}

/** Packages of the 2.x line, the last one that runs on Node 20; the 0.2xx ones belong to it. */
const SDK_2 = ['sdk-node', 'sdk-metrics', 'sdk-trace-base', 'exporter-prometheus', 'instrumentation-http'] as const

function tooNewApi(folder: string): readonly Finding[] {
  const api = installed(folder, '@opentelemetry/api')
  if (api === undefined || !isAtLeast(api, 1, 10)) return []
  const old = SDK_2.flatMap((name) => {
    const version = installed(folder, `@opentelemetry/${name}`)
    return version !== undefined && isSdk2(version) ? [`@opentelemetry/${name} ${version}`] : []
  })
  if (old.length === 0) return []
  return [
    {
      code: 'DOCTOR_OTEL_VERSIONS',
      severity: 'error',
      where: join(folder, 'node_modules/@opentelemetry/api'),
      what: `@opentelemetry/api ${api} beside ${old.join(', ')}`,
      why: 'this line of the SDK asks for an api below 1.10; with a newer one a second copy is installed, and spans and metrics go to the copy that nobody reads',
      fix: 'pin @opentelemetry/api to 1.9.1, or move the SDK packages to 3.x and 0.300 on Node 22',
    },
  ]
}

/** The version of a package as the service would find it; undefined when it is not installed. */
function installed(folder: string, name: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, 'node_modules', name, 'package.json')
    if (existsSync(file)) {
      const version: unknown = Object(readManifest(file)).version
      return typeof version === 'string' ? version : undefined
    }
    if (dirname(at) === at) return undefined
  }
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number)
  return a > major || (a === major && b >= minor)
}

function isSdk2(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major === 2 || (major === 0 && minor >= 200 && minor < 300)
}
