import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawFoot, measureFoot, type Scene } from './foot.ts'
import { readPgm, writePgm } from './pgm.ts'

const SCENE: Scene = { lengthMm: 250, widthMm: 100, degrees: 0, width: 210, height: 297, mmPerPixel: 1, seed: 7 }

describe('measuring', () => {
  test.each([
    [250, 100, 0, 1],
    [235, 92, 12, 1],
    [270, 104, -20, 1.2],
    [180, 72, 5, 1],
    [250, 100, 90, 1.5],
  ])('a foot of %d × %d mm turned by %d degrees at %d mm per pixel', (lengthMm, widthMm, degrees, mmPerPixel) => {
    const measured = measureFoot(drawFoot({ ...SCENE, lengthMm, widthMm, degrees, mmPerPixel }))
    if (!measured.found) throw new Error('No foot was found.')
    expect(Math.abs(measured.lengthMm - lengthMm)).toBeLessThanOrEqual(2)
    expect(Math.abs(measured.widthMm - widthMm)).toBeLessThanOrEqual(2)
  })

  test('any foot that fits on the sheet is within 3 mm', () => {
    const scenes = fc.record({
      lengthMm: fc.integer({ min: 150, max: 270 }),
      slimness: fc.integer({ min: 23, max: 29 }),
      degrees: fc.integer({ min: -15, max: 15 }),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(scenes, ({ lengthMm, slimness, degrees, seed }) => {
        const widthMm = (lengthMm * 10) / slimness
        const measured = measureFoot(drawFoot({ ...SCENE, width: 240, lengthMm, widthMm, degrees, seed }))
        if (!measured.found) return false
        return Math.abs(measured.lengthMm - lengthMm) <= 3 && Math.abs(measured.widthMm - widthMm) <= 3
      }),
      { numRuns: 30 },
    )
  })

  test('specks beside the foot change nothing', () => {
    const clean = drawFoot(SCENE)
    const pixels = clean.pixels.slice()
    for (const at of [0, 209, 210 * 296, 210 * 297 - 1, 210 * 5 + 5]) pixels[at] = 0
    expect(measureFoot({ ...clean, pixels })).toEqual(measureFoot(clean))
  })

  test.each([
    ['empty paper', drawFoot({ ...SCENE, lengthMm: 1, widthMm: 1 })],
    ['a ball', drawFoot({ ...SCENE, lengthMm: 120, widthMm: 150 })],
    ['a stick', drawFoot({ ...SCENE, lengthMm: 280, widthMm: 30 })],
    ['one tone', { ...SCENE, pixels: new Uint8Array(210 * 297).fill(90) }],
  ])('%s is no foot', (_what, picture) => {
    expect(measureFoot(picture)).toEqual({ found: false })
  })
})

describe('a PGM file', () => {
  test('is read as it was written', () => {
    const picture = drawFoot({ ...SCENE, mmPerPixel: 0.75 })
    expect(readPgm(writePgm(picture))).toEqual(picture)
  })

  const text = (header: string, pixels: number) => new TextEncoder().encode(header + 'x'.repeat(pixels))
  test.each([
    ['nothing', new Uint8Array(0)],
    ['another format', text('P2\n# mm-per-pixel 1\n2 2\n255\n', 4)],
    ['no scale', text('P5\n2 2\n255\n', 4)],
    ['a scale of nothing', text('P5\n# mm-per-pixel 0\n2 2\n255\n', 4)],
    ['sixteen bits', text('P5\n# mm-per-pixel 1\n2 2\n65535\n', 8)],
    ['a pixel too few', text('P5\n# mm-per-pixel 1\n2 2\n255\n', 3)],
    ['a pixel too many', text('P5\n# mm-per-pixel 1\n2 2\n255\n', 5)],
    ['no size', text('P5\n# mm-per-pixel 1\n0 2\n255\n', 0)],
  ])('with %s is refused', (_what, file) => {
    expect(readPgm(file)).toBeUndefined()
  })
})
