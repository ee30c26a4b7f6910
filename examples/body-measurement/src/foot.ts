import type { Picture } from './pgm.ts'

/** The size of a foot. */
export type FootSize = { readonly lengthMm: number; readonly widthMm: number }

export type Measured =
  | ({ readonly found: true } & FootSize)
  /** Nothing in the picture has the shape of a foot. */
  | { readonly found: false }

export type Scene = FootSize & {
  /** How far the toes are turned from the top of the picture, clockwise. */
  readonly degrees: number
  readonly width: number
  readonly height: number
  readonly mmPerPixel: number
  /** Where the picture's grain begins; the same seed draws the same picture. */
  readonly seed: number
}

const PAPER = 205
const SKIN = 80
const GRAIN = 24
/** Between skin and paper; a shadow on the paper makes less of a difference. */
const LEAST_CONTRAST = 50

/** Draws a foot from above on bright paper, with grain and with a shadow falling over the sheet. */
export function drawFoot(scene: Scene): Picture {
  const { width, height, mmPerPixel } = scene
  const pixels = new Uint8Array(width * height)
  const angle = (scene.degrees * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  let grain = scene.seed >>> 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const right = (x + 0.5 - width / 2) * mmPerPixel
      const up = (height / 2 - y - 0.5) * mmPerPixel
      // Along and across the foot: the picture's axes turned by its angle.
      const along = up * cos + right * sin
      const across = right * cos - up * sin
      const inside = Math.abs(across) <= halfWidth(scene, along)
      // Linear congruential generator with the constants of "Numerical Recipes" (Press et al.), section 7.1.
      grain = (Math.imul(grain, 1_664_525) + 1_013_904_223) >>> 0
      const shadow = (x / width) * 30
      pixels[y * width + x] = (inside ? SKIN : PAPER - shadow) + ((grain >>> 16) % GRAIN) - GRAIN / 2
    }
  }
  return { width, height, pixels, mmPerPixel }
}

/** Half the foot's width at a distance from its middle: round at the heel, widest at the ball, round at the toes. */
function halfWidth({ lengthMm, widthMm }: FootSize, along: number): number {
  const t = along / lengthMm + 0.5
  if (t < 0 || t > 1) return -1
  const round = (rest: number) => Math.sqrt(1 - rest * rest)
  const heel = t < 0.15 ? round(1 - t / 0.15) : 1
  const toes = t > 0.7 ? round((t - 0.7) / 0.3) : 1
  const rise = Math.min(Math.max((t - 0.35) / 0.35, 0), 1)
  return (widthMm / 2) * heel * toes * (0.62 + 0.38 * rise * rise * (3 - 2 * rise))
}

/**
 * Measures the foot in a picture: parts dark from bright, takes the largest dark shape, finds its long axis and how far
 * it reaches along and across it.
 */
export function measureFoot(picture: Picture): Measured {
  const { level, contrast } = threshold(picture.pixels)
  // Without a foot the picture is parted all the same, at the edge of a shadow.
  if (contrast < LEAST_CONTRAST) return { found: false }
  const shape = largestShape(picture, level)
  const share = shape.length / picture.pixels.length
  // A foot fills neither next to nothing of the picture nor nearly all of it.
  if (share < 0.02 || share > 0.6) return { found: false }
  const { lengthMm, widthMm } = extents(shape, picture)
  const slimness = lengthMm / widthMm
  if (slimness < 1.8 || slimness > 4.5) return { found: false }
  return { found: true, lengthMm, widthMm }
}

/**
 * The brightness that parts a picture best in two: N. Otsu, "A Threshold Selection Method from Gray-Level Histograms"
 * (1979). Maximises the variance between the two classes, n₀ · n₁ · (mean₀ − mean₁)².
 */
function threshold(pixels: Uint8Array): { readonly level: number; readonly contrast: number } {
  const histogram = new Float64Array(256)
  for (const pixel of pixels) histogram[pixel] = (histogram[pixel] ?? 0) + 1
  const whole = histogram.reduce((sum, count, level) => sum + count * level, 0)
  let [dark, darkSum, best] = [0, 0, 0]
  let parted = { level: 0, contrast: 0 }
  histogram.forEach((count, level) => {
    dark += count
    darkSum += count * level
    const bright = pixels.length - dark
    if (dark === 0 || bright === 0) return
    const contrast = (whole - darkSum) / bright - darkSum / dark
    const variance = dark * bright * contrast * contrast
    if (variance <= best) return
    best = variance
    parted = { level, contrast }
  })
  return parted
}

/** The pixels of the largest connected dark shape, so that specks and folds of the paper are not measured. */
function largestShape({ width, pixels }: Picture, darkest: number): Int32Array {
  const seen = new Uint8Array(pixels.length)
  const queue = new Int32Array(pixels.length)
  let largest = new Int32Array(0)
  for (let start = 0; start < pixels.length; start++) {
    if (seen[start] === 1 || (pixels[start] ?? 255) > darkest) continue
    let length = 1
    seen[start] = 1
    queue[0] = start
    for (let next = 0; next < length; next++) {
      const pixel = queue[next] ?? 0
      const column = pixel % width
      const beside = [pixel - width, pixel + width, column > 0 ? pixel - 1 : -1, column < width - 1 ? pixel + 1 : -1]
      for (const other of beside) {
        if (other < 0 || other >= pixels.length || seen[other] === 1 || (pixels[other] ?? 255) > darkest) continue
        seen[other] = 1
        queue[length++] = other
      }
    }
    if (length > largest.length) largest = queue.slice(0, length)
  }
  return largest
}

/** Extents along and across the shape's principal axis, the direction in which its pixels vary most. */
function extents(shape: Int32Array, { width, mmPerPixel }: Picture): FootSize {
  const xOf = (pixel: number) => pixel % width
  const yOf = (pixel: number) => Math.floor(pixel / width)
  let [sumX, sumY] = [0, 0]
  for (const pixel of shape) {
    sumX += xOf(pixel)
    sumY += yOf(pixel)
  }
  const [meanX, meanY] = [sumX / shape.length, sumY / shape.length]
  let [xx, xy, yy] = [0, 0, 0]
  for (const pixel of shape) {
    const [dx, dy] = [xOf(pixel) - meanX, yOf(pixel) - meanY]
    xx += dx * dx
    xy += dx * dy
    yy += dy * dy
  }
  // The angle of the eigenvector with the larger eigenvalue of [[xx, xy], [xy, yy]].
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const along = spanOf(shape, (pixel) => (xOf(pixel) - meanX) * cos + (yOf(pixel) - meanY) * sin)
  const across = spanOf(shape, (pixel) => (yOf(pixel) - meanY) * cos - (xOf(pixel) - meanX) * sin)
  // From the centre of the first pixel to that of the last; the halves beyond them make one pixel more.
  return { lengthMm: (along + 1) * mmPerPixel, widthMm: (across + 1) * mmPerPixel }
}

function spanOf(shape: Int32Array, position: (pixel: number) => number): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const pixel of shape) {
    const at = position(pixel)
    least = Math.min(least, at)
    most = Math.max(most, at)
  }
  return most - least
}
