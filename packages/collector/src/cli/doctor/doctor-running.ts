import type { Config } from '../../config/config.ts'
import type { Examined } from '../../ports/doctor.ts'
import { placesOf } from '../terminal/places.ts'
import { neverSeen, otherDefinitions, promisesBeyondProxy, type ReadFile } from './doctor-definition.ts'
import { examineEngine } from './doctor-engine.ts'
import { examineLists } from './doctor-list.ts'
import { examineTarget, type TargetExamined } from './doctor-target.ts'

/** How far clocks may be apart where no configuration says it: the default of the ledger. */
const SKEW_MS = 5_000
const TIMEOUT_MS = 5_000

/** What is looked at from here: addresses that somebody gave, and what a configuration reads. */
export type Running = {
  readonly addresses: readonly string[]
  readonly config: Config | undefined
  readonly journeys: ReadFile | undefined
  /** When the proxy before the services gives up waiting, milliseconds; absent when nobody said it. */
  readonly proxyMs?: number
  readonly now: () => number
}

/** Looks at services that run: each is read as the collector reads it, lists and engines are asked, promises compared. */
export async function examineRunning({ addresses, config, journeys, proxyMs, now }: Running): Promise<Examined> {
  const { places, lists } = await placesOf(addresses, config)
  const skewMs = skewOf(config)
  const targets = await Promise.all(places.map((place) => examineTarget(place, TIMEOUT_MS, skewMs, now)))
  const asked = config === undefined ? [] : await examineEngines(config, now)
  return joinExamined([
    ...(lists.length === 0 ? [] : [examineLists(lists)]),
    ...targets,
    ...asked,
    ...(targets.length + asked.length === 0
      ? [unasked('running services: give `--target`, or a configuration with targets')]
      : []),
    examineDefinition(journeys, targets, proxyMs),
  ])
}

/** How far clocks may be apart, milliseconds. */
export function skewOf(config: Config | undefined): number {
  return config?.ledger.clockSkewMs ?? SKEW_MS
}

export function joinExamined(parts: readonly Examined[]): Examined {
  return {
    findings: parts.flatMap(({ findings }) => findings),
    looked: parts.flatMap(({ looked }) => looked),
    notLooked: parts.flatMap(({ notLooked }) => notLooked),
  }
}

function examineDefinition(
  journeys: ReadFile | undefined,
  targets: readonly TargetExamined[],
  proxyMs: number | undefined,
): Examined {
  if (journeys === undefined)
    return unasked('promises and fingerprints: there is no journeys file; name one with `--journeys`')
  const { file, definition } = journeys
  return {
    findings: [
      ...(proxyMs === undefined ? [] : promisesBeyondProxy(definition, file, proxyMs)),
      ...otherDefinitions(definition, file, targets),
      ...neverSeen(definition, file, targets),
    ],
    looked: [file],
    notLooked:
      proxyMs === undefined ? ['promises against the proxy: say when it gives up with `--proxy-timeout 60s`'] : [],
  }
}

function examineEngines({ engines, limits }: Config, now: () => number): Promise<readonly Examined[]> {
  return Promise.all(
    engines.filter(({ services }) => services.length > 0).map((engine) => examineEngine(engine, limits, now())),
  )
}

const unasked = (what: string): Examined => ({ findings: [], looked: [], notLooked: [what] })
