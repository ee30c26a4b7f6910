import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Finding } from '../../ports/doctor.ts'

/** A service's manifest, as far as it says what is loaded. */
export type Manifest = {
  readonly main?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Names of what is installed where the service runs. */
export function dependenciesOf({ dependencies, optionalDependencies }: Manifest): readonly string[] {
  return Object.keys({ ...Object(dependencies), ...Object(optionalDependencies) })
}

/** What instrumentations replace parts of while it is loaded. */
const INSTRUMENTED =
  /^(?:node:)?(?:http|https)$|^(?:express|fastify|koa|@nestjs\/core|hono|@hono\/node-server|pg|mysql2|ioredis|redis)$/
const INSTRUMENTS = /^@opentelemetry\/(?:auto-instrumentations-|instrumentation-)/

/**
 * OpenTelemetry's instrumentations replace parts of modules while these are loaded, so what was loaded before them is
 * never traced. They are in time when the start command loads them, or when the entry imports them first.
 */
export function lateInstrumentation(folder: string, manifest: Manifest): readonly Finding[] {
  if (!dependenciesOf(manifest).some((name) => INSTRUMENTS.test(name))) return []
  const start = manifest.scripts?.['start'] ?? ''
  if (preloads(start).some((specifier) => isInstrumentation(folder, specifier))) return []
  const entry = entryOf(folder, start, manifest)
  if (entry === undefined) return []
  const imports = importsOf(readFileSync(join(folder, entry), 'utf8'))
  const first = imports.find(({ specifier }) => INSTRUMENTED.test(specifier))
  const telemetry = imports.find(({ specifier }) => isInstrumentation(dirname(join(folder, entry)), specifier))
  if (first === undefined || (telemetry !== undefined && telemetry.line <= first.line)) return []
  const loaded =
    telemetry === undefined
      ? 'nothing loads an instrumentation before it'
      : `line ${telemetry.line} loads the instrumentation`
  return [
    {
      code: 'DOCTOR_OTEL_LATE',
      severity: 'warning',
      where: `${join(folder, entry)}:${first.line}`,
      what: `\`${first.specifier}\` is loaded first, and ${loaded}`,
      why: 'an instrumentation sees only what is loaded after it: requests have no spans, and failed events no trace to look at. The counts of journeys do not depend on it',
      fix: 'load it with the start command: node --import ./telemetry.js server.js',
    },
  ]
}

/** What `--import`, `--require` and `-r` load before the entry. */
function preloads(command: string): readonly string[] {
  return [...command.matchAll(/(?:--import|--require|-r)[= ]+["']?([^\s"']+)/g)].map(([, specifier = '']) => specifier)
}

function isInstrumentation(folder: string, specifier: string): boolean {
  if (INSTRUMENTS.test(specifier) || specifier === '@opentelemetry/sdk-node') return true
  if (!specifier.startsWith('.')) return false
  const file = join(folder, specifier)
  return (
    existsSync(file) &&
    /@opentelemetry\/(?:sdk-|auto-instrumentations-|instrumentation)/.test(readFileSync(file, 'utf8'))
  )
}

function entryOf(folder: string, start: string, { main }: Manifest): string | undefined {
  const [, named] =
    /\bnode\b.*?\s((?:\.\/)?[\w@./-]+\.[cm]?[jt]s)(?:\s|$)/.exec(
      start.replace(/(?:--import|--require|-r)[= ]+\S+/g, ''),
    ) ?? []
  return [named, main, 'server.js', 'index.js'].find((file) => file !== undefined && existsSync(join(folder, file)))
}

/** The modules that a source loads at its top, in order. */
function importsOf(source: string): readonly { readonly specifier: string; readonly line: number }[] {
  const form =
    /^\s*(?:import\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?|(?:const|let|var)\s+[^=]+=\s*require\(|require\()["']([^"']+)["']/
  return source.split('\n').flatMap((text, i) => {
    const [, specifier] = form.exec(text) ?? []
    return specifier === undefined ? [] : [{ specifier, line: i + 1 }]
  })
}
