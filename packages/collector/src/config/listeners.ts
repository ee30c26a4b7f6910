import { entriesOf, expected, itemsOf, type Path, type Problem, problem, readPart } from '@tabiji/core/problem'
import type { ApiToken, Config, IngestToken, Secret } from './config.ts'
import { isLoopback } from './notation.ts'
import { apiSchema, apiTokenSchema, hookDoorSchema, ingestSchema, ingestTokenSchema } from './schema.ts'
import { fetchSecret, tokenForm } from './secret.ts'
import type { Surroundings } from './surroundings.ts'

const DEFAULT = { host: '127.0.0.1', api: 7070, ingest: 7071, hooks: 7072 } as const

/** All doors; what is wrong with them goes to `problems`. */
export function resolveListeners(listen: unknown, around: Surroundings, problems: Problem[]): Config['listen'] {
  const doors = entriesOf(listen)
  const api = readPart(apiSchema, doors.get('api')) ?? {}
  const ingest = readPart(ingestSchema, doors.get('ingest')) ?? {}
  const hooks = readPart(hookDoorSchema, doors.get('hooks'))
  const found = {
    api: {
      host: api.host ?? DEFAULT.host,
      port: api.port ?? DEFAULT.api,
      tokens: apiTokens(doors, around, problems),
      ...(api.signIn !== undefined && { signIn: { ...api.signIn, header: api.signIn.header.toLowerCase() } }),
    },
    ingest: {
      host: ingest.host ?? DEFAULT.host,
      port: ingest.port ?? DEFAULT.ingest,
      tokens: ingestTokens(doors, around, problems),
    },
    ...(hooks !== undefined && {
      hooks: { host: hooks.host ?? DEFAULT.host, port: hooks.port ?? DEFAULT.hooks },
    }),
  }
  problems.push(...openDoors(doors), ...openBehindProxy(doors), ...samePlace(found))
  return found
}

type Doors = ReadonlyMap<string, unknown>

function tokensOf(doors: Doors, door: 'api' | 'ingest'): readonly unknown[] {
  return itemsOf(entriesOf(doors.get(door)).get('tokens'))
}

function apiTokens(doors: Doors, around: Surroundings, problems: Problem[]): readonly ApiToken[] {
  const names = new Set<string>()
  return tokensOf(doors, 'api').flatMap((value, i) => {
    const path = ['listen', 'api', 'tokens', i]
    const token = tokenOf(value, path, around, problems)
    const part = readPart(apiTokenSchema, value)
    if (part === undefined) return []
    const { name, may } = part
    if (names.has(name)) {
      problems.push(expected('CONFIG_REPEATED', [...path, 'name'], 'a name that no other token has', name))
    }
    names.add(name)
    return token === undefined ? [] : [{ name, may, token }]
  })
}

function ingestTokens(doors: Doors, around: Surroundings, problems: Problem[]): readonly IngestToken[] {
  return tokensOf(doors, 'ingest').flatMap((value, i) => {
    const token = tokenOf(value, ['listen', 'ingest', 'tokens', i], around, problems)
    const part = readPart(ingestTokenSchema, value)
    return part === undefined || token === undefined ? [] : [{ service: part.service, token }]
  })
}

function tokenOf(value: unknown, path: Path, around: Surroundings, problems: Problem[]): Secret | undefined {
  return fetchSecret(value, 'token', path, tokenForm, around, problems)
}

/** A door that others can reach must ask who is there. */
function openDoors(doors: Doors): readonly Problem[] {
  return (['api', 'ingest'] as const).flatMap((door) => {
    const host = entriesOf(doors.get(door)).get('host')
    if (typeof host !== 'string' || isLoopback(host) || tokensOf(doors, door).length > 0) return []
    const hint = `state \`listen.${door}.tokens\`, or listen on 127.0.0.1`
    const what = 'a loopback address as long as there are no tokens'
    return [expected('CONFIG_OPEN_DOOR', ['listen', door, 'host'], what, host, { hint })]
  })
}

/** A proxy proves who looks at pages; the API behind the same address would stand open beside them. */
function openBehindProxy(doors: Doors): readonly Problem[] {
  const signIn = entriesOf(doors.get('api')).get('signIn')
  if (signIn === undefined || tokensOf(doors, 'api').length > 0) return []
  const message =
    'Expected `listen.api.tokens` beside `listen.api.signIn`, got none: the API would ask nobody who they are'
  const hint = 'add a token for commands, such as `{ name: duty, may: write, tokenFile: secrets/duty }`'
  return [problem('CONFIG_OPEN_DOOR', ['listen', 'api', 'signIn'], message, { hint })]
}

function samePlace({ api, ingest, hooks }: Config['listen']): readonly Problem[] {
  const taken = [
    { door: 'api', called: 'the API', port: api.port },
    { door: 'ingest', called: 'the ingest door', port: ingest.port },
    ...(hooks === undefined ? [] : [{ door: 'hooks', called: 'the door of hooks', port: hooks.port }]),
  ]
  return taken.flatMap(({ door, called, port }, i) => {
    const other = port === 0 ? undefined : taken.slice(0, i).find((each) => each.port === port)
    if (other === undefined) return []
    const message = `Expected ${other.called} and ${called} to have different ports, got ${port} for both`
    return [problem('CONFIG_REPEATED', ['listen', door, 'port'], message)]
  })
}
