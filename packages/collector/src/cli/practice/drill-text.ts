import { z } from 'zod'
import { printable } from '../terminal/printable.ts'
import { fields, section, table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import { proposedLead } from './practice-text.ts'

const text = z.string().transform(printable)
const ms = z.number().optional()

/** What the API answers about drills, as far as it is shown. */
export const drillDetails = z.object({
  key: text,
  journey: text,
  level: z.number(),
  what: text,
  by: text.optional(),
  startedAt: text,
  lengthMs: z.number(),
  ringsAfterMs: ms,
  ended: z.object({ at: text, how: text, by: text.optional() }).optional(),
  alerts: z.array(
    z.object({
      id: text,
      rule: text,
      state: text,
      firedAt: text,
      told: z.array(z.object({ receiver: text, at: text, afterMs: z.number() })),
      ackedAt: text.optional(),
      resolvedAt: text.optional(),
    }),
  ),
  proposedLead: proposedLead.optional(),
  times: z.object({ rangMs: ms, toldMs: ms, ackedMs: ms, resolvedMs: ms }),
})
export const drillList = z.object({ drills: z.array(drillDetails) })
export type ShownDrill = z.output<typeof drillDetails>

export function drillTable({ drills }: z.output<typeof drillList>): string {
  if (drills.length === 0) return 'No drills yet.\n'
  const rows = drills.map(({ key, startedAt, journey, level, what, times, ended }) => {
    const took = [times.rangMs, times.toldMs, times.ackedMs, times.resolvedMs].map((each) => lasting(each) ?? '–')
    return [key, when(startedAt), journey, String(level), ended?.how.replace('_', ' ') ?? 'ON', ...took, what]
  })
  return table(
    ['DRILL', 'BEGAN', 'JOURNEY', 'LEVEL', 'ENDED', 'RANG', 'TOLD', 'TAKEN', 'RESOLVED', 'WHAT WAS PRACTISED'],
    rows,
  )
}

export function drillPage(drill: ShownDrill): string {
  const { key, journey, level, what, by, startedAt, lengthMs, ended, alerts, times } = drill
  const head = fields([
    ['journey', journey],
    ['level', String(level)],
    ['practised', what],
    ['began', `${when(startedAt)}${by === undefined ? '' : ` by ${by}`}`],
    ['trouble lasts', lasting(lengthMs)],
    ['ended', ended === undefined ? undefined : endedText(ended)],
    ['rang after', lasting(times.rangMs)],
    ['told after', lasting(times.toldMs)],
    ['taken after', lasting(times.ackedMs)],
    ['resolved after', lasting(times.resolvedMs)],
  ])
  const lines = alerts.flatMap(({ id, rule, state, told }) => [
    [id, rule, state],
    ...told.map(({ receiver, afterMs }) => ['', `told ${receiver}`, `after ${lasting(afterMs)}`]),
  ])
  return `DRILL 訓練 ${key}\n${head}${section('Alerts', lines)}`
}

function endedText({ at, how, by }: NonNullable<ShownDrill['ended']>): string {
  const HOW: Readonly<Record<string, string>> = {
    over: 'everything is over',
    stopped: 'stopped',
    timed_out: 'nothing resolved it in time',
  }
  return `${when(at)}, ${HOW[how] ?? how}${by === undefined ? '' : ` by ${by}`}`
}

/** `2 min 5 s`; lengths of drills are read by people. */
export function lasting(lengthMs: number | undefined): string | undefined {
  if (lengthMs === undefined) return undefined
  const seconds = Math.max(0, Math.round(lengthMs / 1000))
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  if (minutes === 0) return `${rest} s`
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`
}
