import type { Annotations } from '../../ports/annotations.ts'
import type { HookLog } from '../../ports/hook-log.ts'
import { type GithubDeployment, readGithubDeployment } from '../../wire/github-deployment.ts'
import { repositoryOfIssueEvent } from '../../wire/github-issue-event.ts'
import { type Hook, type HookAnswer, type HookRequest, refusal } from '../hooks.ts'
import { digestOf, isSignedBy } from '../signature.ts'

export type GithubHookOptions = {
  readonly secret: () => string
  /** By `owner/name` in lower case: which service a repository is deployed as. */
  readonly repositories: ReadonlyMap<
    string,
    { readonly service: string; readonly journeys: readonly string[]; readonly environments: readonly string[] }
  >
  readonly annotations: Pick<Annotations, 'tell'>
  /** Has the issues of a repository (`owner/name`) read at once. @returns the names of the trackers that follow it */
  readonly readIssues: (repository: string) => readonly string[]
  readonly log: HookLog
  /** Milliseconds. */
  readonly now: () => number
}

/** Payloads of deployments are some ten kilobytes; the inputs of a workflow may make them longer. */
const MAX_BYTES = 1024 * 1024

/** What is older explains no alert, and may be somebody's recording. */
const OLDEST_MS = 7 * 86_400_000

/**
 * What a webhook with a secret tells: deployments become annotations (the events `deployment` and `deployment_status`), a changed
 * issue (`issues`) has its tracker read at once.
 */
export function createGithubHook(options: GithubHookOptions): Hook {
  return { path: '/github/webhook', maxBytes: MAX_BYTES, receive: (request) => receive(options, request) }
}

function receive(options: GithubHookOptions, { headers, body }: HookRequest): HookAnswer {
  const signature = String(headers['x-hub-signature-256'] ?? '').replace(/^sha256=/, '')
  if (!isSignedBy(options.secret(), body, signature)) {
    const hint = 'set the same secret in the webhook and in `hooks.github`, and the content type application/json'
    return refusal(401, 'GITHUB_SIGNATURE', 'Expected `X-Hub-Signature-256` over the body', hint)
  }
  const event = String(headers['x-github-event'] ?? '')
  if (event === 'ping') return { status: 200, body: { pong: true } }
  if (!['deployment', 'deployment_status', 'issues'].includes(event))
    return ignored(`the event ${event.slice(0, 50)} is not used`)
  // The id stands in a header that nobody signed, so the body is remembered by itself as well.
  const ids = [String(headers['x-github-delivery'] ?? '').slice(0, 100), digestOf(body)].filter((id) => id !== '')
  if (ids.some((id) => options.log.knows('github', id))) return { status: 200, body: { repeated: true } }
  const document = parse(body)
  if (document === undefined) return refusal(400, 'GITHUB_UNREADABLE', 'Expected a body in JSON')
  const answer = event === 'issues' ? readIssues(options, document) : record(options, document)
  if (answer.status !== 400) options.log.remember('github', ids, options.now())
  return answer
}

function record(options: GithubHookOptions, document: unknown): HookAnswer {
  const read = readGithubDeployment(document)
  if (read.kind === 'wrong') return refusal(400, 'GITHUB_UNREADABLE', `Expected another value at \`${read.where}\``)
  return read.kind === 'ignored' ? ignored(read.why) : tell(options, read.deployment)
}

/** It is only the bell: what has changed is read from GitHub, so a forged, late or lost event can make nothing wrong. */
function readIssues(options: GithubHookOptions, document: unknown): HookAnswer {
  const repository = repositoryOfIssueEvent(document)
  if (repository === undefined) return refusal(400, 'GITHUB_UNREADABLE', 'Expected another value at `repository`')
  const reading = options.readIssues(repository)
  if (reading.length === 0) return ignored(`the repository ${repository} is listed in no tracker`)
  return { status: 200, body: { reading } }
}

function tell({ repositories, annotations, now }: GithubHookOptions, told: GithubDeployment): HookAnswer {
  const known = repositories.get(told.repository.toLowerCase())
  if (known === undefined)
    return ignored(`the repository ${told.repository} is not listed in \`hooks.github.repositories\``)
  if (known.environments.length > 0 && !known.environments.includes(told.environment)) {
    return ignored(`the environment ${told.environment} is not listed for ${told.repository}`)
  }
  if (told.at < now() - OLDEST_MS) return ignored('it is older than a week')
  const version = /^[0-9a-f]{40}$/.test(told.sha) ? told.sha.slice(0, 8) : told.sha
  const annotation = annotations.tell({
    identity: `github:${told.repository.toLowerCase()}:${told.id}`,
    kind: 'deploy',
    title: `${known.service}@${version} → ${told.environment}`.slice(0, 200),
    service: known.service,
    journeys: known.journeys,
    deployment: { announced: told.announcedAt, [told.phase]: told.at },
    ...(told.url !== undefined && { url: told.url }),
    ...(told.by !== undefined && { by: told.by }),
  })
  return { status: 200, body: { annotation } }
}

function ignored(why: string): HookAnswer {
  return { status: 202, body: { ignored: why } }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    return undefined
  }
}
