/** Parts per million as people read them: percent with two places, rounded down. `12345` is `1.23 %`. */
export function percentText(ppm: number): string {
  const hundredths = Math.floor(ppm / 100)
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')} %`
}
