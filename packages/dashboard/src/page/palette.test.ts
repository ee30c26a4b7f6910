import { describe, expect, test } from 'vitest'
import { contrast, difference, EYES } from '../testing/colour-vision.ts'
import { STYLE } from './style.ts'

/** Custom properties of a palette. */
const coloursOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name = '', value = '']) => [name, value]),
  )

const [light = '', dark = ''] = [
  /:root \{ color-scheme: light dark;([^}]*)\}/.exec(STYLE)?.[1],
  /:root\[data-theme=dark\] \{ color-scheme: dark;([^}]*)\}/.exec(STYLE)?.[1],
]
const PALETTES = { light: coloursOf(light), dark: coloursOf(dark) } as const
const STATES = ['healthy', 'watch', 'risk', 'spent', 'unjudged'] as const

/** The smallest difference that was reached when the colours were computed, less what rounding takes. */
const LEAST_DIFFERENCE = 25

describe.each(Object.entries(PALETTES))('by %s', (_name, palette: Readonly<Record<string, string>>) => {
  const colour = (name: string) => {
    const found = palette[name]
    if (found === undefined) throw new Error(`Expected the palette to have --${name}`)
    return found
  }

  test.each(Object.keys(EYES) as (keyof typeof EYES)[])('%s eyes tell any two states apart', (eyes) => {
    for (const [i, one] of STATES.entries()) {
      for (const other of STATES.slice(i + 1)) {
        const apart = difference(EYES[eyes], colour(one), colour(other))
        expect([one, other, apart >= LEAST_DIFFERENCE]).toEqual([one, other, true])
      }
    }
  })

  test('text is read on every ground, and marks are seen on it', () => {
    const grounds = ['page', 'card'].map(colour)
    for (const ground of grounds) {
      for (const text of ['text', 'faint', 'accent', 'burning']) {
        expect([text, ground, contrast(colour(text), ground) >= 4.5]).toEqual([text, ground, true])
      }
      for (const mark of [...STATES, 'late', 'plain']) {
        const least = mark === 'plain' ? 2.5 : 3
        expect([mark, ground, contrast(colour(mark), ground) >= least]).toEqual([mark, ground, true])
      }
    }
    expect(contrast(colour('banner-text'), colour('banner'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour('page'), colour('text'))).toBeGreaterThanOrEqual(7)
  })
})

test('the computation is the published one: white on black is 21, and red and green are one for eyes without a cone', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#777777')).toBe(1)
  expect(difference(EYES.all, '#000000', '#ffffff')).toBeCloseTo(100, 0)
  const [all, none] = [EYES.all, EYES.deutan].map((eyes) => difference(eyes, '#c04040', '#7a7a20'))
  expect(none).toBeLessThan((all ?? 0) / 2)
})

test('on paper the palette is that of the day, whatever the screen has', () => {
  const print = /@media print \{([\s\S]*)$/.exec(STYLE)?.[1] ?? ''
  expect(coloursOf(/:root\[data-theme=dark\] \{([^}]*)\}/.exec(print)?.[1] ?? '')).toEqual(PALETTES.light)
  expect(print).toMatch(/:root\[data-theme=dark\] \{ color-scheme: light/)
})
