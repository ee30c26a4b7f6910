import { MINUTE } from '@tabiji/core/time'
import type { Doctor, Examined, Look } from '../../ports/doctor.ts'

/** Whoever asks again within this time is told the same: a look reads every target several times. */
const FRESH_MS = MINUTE

/** Looks once for all who ask at the same time, and at most once a minute. @param now milliseconds */
export function createDoctor(examine: () => Promise<Examined>, now: () => number): Doctor {
  let last: { readonly at: number; readonly look: Promise<Look> } | undefined
  return {
    look: () => {
      const at = now()
      if (last !== undefined && at - last.at < FRESH_MS && at >= last.at) return last.look
      const look = examine().then((examined) => ({ ...examined, at: new Date(at).toISOString() }))
      last = { at, look }
      // What failed is asked anew.
      look.catch(() => {
        last = undefined
      })
      return look
    },
  }
}
