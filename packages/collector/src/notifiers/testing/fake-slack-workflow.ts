import { z } from 'zod'
import { type LoopbackReceiver, type Received, type Reply, startReceiver } from './receiver.ts'

const text = (max: number) => z.string().refine((given) => [...given].length <= max, 'too long')
const filled = (max: number) => text(max).refine((given) => given !== '', 'empty')

/** The variables of the workflow in `docs/guides/receivers.md`; one that is not declared, or no text, is refused. */
const VARIABLES = z.strictObject({
  event: filled(20),
  alert: text(40),
  level: z.enum(['1', '2', '3']),
  title: filled(150),
  journey: text(100),
  journey_en: text(100),
  journey_ja: text(100),
  lead: filled(900),
  since: filled(60),
  budget_left: text(20),
  runbook: text(1_200),
  link: text(1_200),
  drill: text(200),
  text: filled(1_500),
})
const PLAIN = VARIABLES.pick({ text: true })

type FakeWorkflow = LoopbackReceiver & {
  readonly trigger: string
  readonly started: readonly (z.infer<typeof VARIABLES> | z.infer<typeof PLAIN>)[]
  readonly faults: readonly string[]
}

/** Workflow Builder's trigger "from a webhook". */
export async function startFakeWorkflow(): Promise<FakeWorkflow> {
  const path = '/triggers/T0AAAAAAA/1234567890/triggertokentriggertoken'
  const started: (z.infer<typeof VARIABLES> | z.infer<typeof PLAIN>)[] = []
  const faults: string[] = []
  const judge = ({ method, path: asked, headers, body }: Received): Reply => {
    if (method !== 'POST' || asked !== path) return { status: 404, body: '' }
    if (!headers['content-type']?.startsWith('application/json')) return { status: 400, body: '{"ok":false}' }
    const document = JSON.parse(body) as object
    const given = (Object.keys(document).length === 1 ? PLAIN : VARIABLES).safeParse(document)
    if (!given.success) {
      faults.push(z.prettifyError(given.error))
      return { status: 400, body: JSON.stringify({ ok: false, error: 'invalid_arguments' }) }
    }
    started.push(given.data)
    return { status: 200, body: '{"ok":true}' }
  }
  const receiver = await startReceiver(judge)
  return { ...receiver, trigger: `${receiver.url}${path}`, started, faults }
}
