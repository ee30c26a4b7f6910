type Matrix = readonly (readonly [number, number, number])[]

/**
 * How eyes see linear RGB that lack one kind of cone: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
 * Simulation of Color Vision Deficiency" (2009), severity 1.
 */
export const EYES = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Readonly<Record<string, Matrix>>

const RGB_TO_XYZ: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
]
/** Daylight, D65. */
const WHITE = [0.95047, 1, 1.08883] as const

/** How far apart two colours are to such eyes: CIE76, where about 2 is just seen and 100 is black beside white. */
export function difference(eyes: Matrix, one: string, other: string): number {
  const [a, b] = [one, other].map((hex) =>
    labOf(apply(eyes, linearOf(hex)).map((value) => Math.min(1, Math.max(0, value)))),
  )
  return Math.hypot(...[0, 1, 2].map((i) => (a?.[i] ?? 0) - (b?.[i] ?? 0)))
}

/** The contrast of WCAG 2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map(luminanceOf).sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = linearOf(hex)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** `#abc` or `#aabbcc` without the curve of screens, each from 0 to 1. */
function linearOf(hex: string): readonly number[] {
  const digits = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
}

function apply(matrix: Matrix, [x = 0, y = 0, z = 0]: readonly number[]): readonly number[] {
  return matrix.map(([a, b, c]) => a * x + b * y + c * z)
}

function labOf(linear: readonly number[]): readonly number[] {
  const [x = 0, y = 0, z = 0] = apply(RGB_TO_XYZ, linear).map((value, i) => curved(value / (WHITE[i] ?? 1)))
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function curved(value: number): number {
  return value > 216 / 24_389 ? Math.cbrt(value) : (24_389 / 27) * (value / 116) + 16 / 116
}
