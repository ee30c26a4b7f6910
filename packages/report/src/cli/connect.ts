import type { Collector } from './collector.ts'
import { EXIT, failed, type Result, succeeded } from './failure.ts'
import type { CollectorSource } from './request.ts'
import { tokenWarning } from './show.ts'
import { readToken } from './token.ts'

type World = {
  readonly env: NodeJS.ProcessEnv
  readonly stop: AbortSignal
  readonly tell: (line: string) => void
}

/** The collector with the token that is meant for it; warns when others could read that on the way. */
export async function connect(source: CollectorSource, { env, stop, tell }: World): Promise<Result<Collector>> {
  const token = await readToken(env, stop)
  if (!token.ok) return token
  const warning = tokenWarning(source, token.value)
  if (warning !== undefined) tell(warning)
  return succeeded({ ...source, stop, ...(token.value !== undefined && { token: token.value }) })
}

/** What comes of the work, or that it was stopped before anything was written. */
export async function unlessStopped<Value>(
  stop: AbortSignal,
  work: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
  try {
    return await work()
  } catch (thrown) {
    if (!stop.aborted) throw thrown
    return failed({ code: 'STOPPED', exit: EXIT.stopped, message: 'stopped; nothing was written' })
  }
}
