import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { instantsOf, missingOf, ourOffs } from './exactness/judge.ts'
import { randomOf } from './exactness/life.ts'
import { play } from './exactness/play.ts'
import { scenarios } from './exactness/scenario.ts'

const isFull = process.env['TABIJI_FULL'] === '1'
const DAY = 86_400
/** A quarter of a day holds a restart of each kind; the month that is promised takes minutes. */
const END = isFull ? 30 * DAY : DAY / 4
const LONG_MS = 10 * 60_000

describe.each([...scenarios(END, 20_261_128)].map((scenario) => [scenario.name, scenario] as const))(
  '%s',
  (_, scenario) => {
    test(
      'no window is off by one event where processes say their last word; what a kill takes along lies within its doubt',
      async () => {
        const folder = mkdtempSync(join(tmpdir(), 'tabiji-exactness-'))
        onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
        const played = await play(folder, scenario, END, instantsOf(scenario, END, 60, randomOf(1)))
        const offs = ourOffs(played, scenario.lives)
        const whole = offs.filter(({ window }) => window === END)

        if (scenario.lives.some(({ ending }) => ending === 'killed')) {
          const { missing, outside } = missingOf(played, scenario, END)
          expect(missing).toBeGreaterThan(0)
          expect(outside).toBe(0)
          for (const { off, good } of whole) expect([off <= 0, good <= 0]).toEqual([true, true])
          return
        }
        expect(whole.map(({ off, good }) => [off, good])).toEqual([[0, 0]])
        const stated = offs.filter(({ placed }) => !placed)
        expect(stated.length).toBeGreaterThan(60)
        expect(stated.filter(({ off, good }) => off !== 0 || good !== 0)).toEqual([])
        expect(whole[0]?.truth).toBeGreaterThan(0)
      },
      LONG_MS,
    )
  },
)
