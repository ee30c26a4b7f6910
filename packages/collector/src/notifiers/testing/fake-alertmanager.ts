import { z } from 'zod'
import { type LoopbackReceiver, type Received, type Reply, startReceiver } from './receiver.ts'

const instant = z.iso.datetime({ offset: true })
const labels = z.record(
  z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/),
  z.string().refine((value) => value !== '' && !/\p{Surrogate}/u.test(value), 'empty, or no UTF-8'),
)

/** An alert as `POST /api/v2/alerts` takes it, by Alertmanager's `api/v2/openapi.yaml` and its own checks. */
const ALERTS = z.array(
  z
    .strictObject({
      labels: labels.refine((set) => set['alertname'] !== undefined, 'no alertname'),
      annotations: labels,
      startsAt: instant,
      endsAt: instant,
      generatorURL: z.url({ protocol: /^https?$/ }).optional(),
    })
    .refine(({ startsAt, endsAt }) => Date.parse(endsAt) >= Date.parse(startsAt), 'it ends before it began'),
)

type TakenAlert = z.infer<typeof ALERTS>[number]

export type FakeAlertmanager = LoopbackReceiver & {
  /** What it was told, a list for each request. */
  readonly posts: readonly (readonly TakenAlert[])[]
  readonly faults: readonly string[]
  /** Answers that come before the usual ones. */
  readonly script: Reply[]
}

/** Takes what a real Alertmanager takes. */
export async function startFakeAlertmanager(): Promise<FakeAlertmanager> {
  const posts: (readonly TakenAlert[])[] = []
  const faults: string[] = []
  const script: Reply[] = []
  const judge = ({ method, path, headers, body }: Received): Reply => {
    if (method !== 'POST' || path !== '/api/v2/alerts') return { status: 404 }
    const alerts = ALERTS.safeParse(JSON.parse(body))
    if (headers['content-type'] !== 'application/json' || !alerts.success) {
      faults.push(alerts.success ? 'not JSON' : z.prettifyError(alerts.error))
      return { status: 400 }
    }
    posts.push(alerts.data)
    return { status: 200 }
  }
  const receiver = await startReceiver((received) => script.shift() ?? judge(received))
  return { ...receiver, posts, faults, script }
}
