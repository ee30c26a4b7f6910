import type { DeploymentPhase } from '@tabiji/core/alert'
import { z } from 'zod'
import { parseInstant } from './instant.ts'

/** A deployment as GitHub tells of it. */
export type GithubDeployment = {
  /** `acme/shop` */
  readonly repository: string
  readonly id: number
  readonly environment: string
  readonly ref: string
  readonly sha: string
  readonly phase: DeploymentPhase
  /** When it reached the phase, milliseconds. */
  readonly at: number
  readonly announcedAt: number
  readonly url?: string
  readonly by?: string
}

/** Of everything that GitHub sends only this is looked at; what else there is may change. */
const text = z.string().max(1_000)
const instant = text.transform((given, context): number => {
  const at = parseInstant(given)
  if (at !== undefined) return at
  context.issues.push({ code: 'custom', input: given, message: 'a time' })
  return z.NEVER
})
const person = z.object({ login: text }).nullish()
const event = z.object({
  repository: z.object({ full_name: text }),
  deployment: z.object({
    id: z.int().min(0),
    sha: text,
    ref: text,
    environment: text,
    created_at: instant,
    creator: person,
  }),
  deployment_status: z
    .object({ state: text, created_at: instant, target_url: text.nullish(), log_url: text.nullish(), creator: person })
    .nullish(),
})

const PHASES: Readonly<Record<string, DeploymentPhase>> = {
  in_progress: 'running',
  success: 'done',
  failure: 'failed',
  error: 'failed',
}

/** `ignored` says why an event that is well-formed tells of no change. */
export type GithubRead =
  | { readonly kind: 'deployment'; readonly deployment: GithubDeployment }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'wrong'; readonly where: string }

/** Reads the events `deployment` and `deployment_status`; their documents are alike. */
export function readGithubDeployment(document: unknown): GithubRead {
  const read = event.safeParse(document)
  if (!read.success) return { kind: 'wrong', where: read.error.issues[0]?.path.join('.') ?? '' }
  const { repository, deployment, deployment_status: status } = read.data
  const phase = status == null ? 'announced' : PHASES[status.state]
  if (phase === undefined) return { kind: 'ignored', why: `the state ${status?.state} changes nothing for users` }
  const url = [status?.target_url, status?.log_url].find(
    (each) => typeof each === 'string' && /^https?:\/\/\S+$/.test(each),
  )
  const by = (status?.creator ?? deployment.creator)?.login
  return {
    kind: 'deployment',
    deployment: {
      repository: repository.full_name,
      id: deployment.id,
      environment: deployment.environment,
      ref: deployment.ref,
      sha: deployment.sha,
      phase,
      at: status?.created_at ?? deployment.created_at,
      announcedAt: deployment.created_at,
      ...(url != null && { url }),
      ...(by !== undefined && { by }),
    },
  }
}
