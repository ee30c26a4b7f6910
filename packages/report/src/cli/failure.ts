import type { Problem } from '@tabiji/core/problem'
import { visible } from '../format/visible.ts'

/** Exit codes, the same for every command of Tabiji. */
export const EXIT = {
  fine: 0,
  /** Understood, and the answer is no: the facts were refused, or there are none. */
  no: 1,
  /** Wrong usage, an unreadable file, a folder that cannot be written. */
  usage: 2,
  unreachable: 3,
  notAllowed: 4,
  bug: 70,
  stopped: 130,
} as const

/** Why nothing was written: what went wrong, where, why, and how to mend it. */
export type Failure = {
  /** Stable and English, for scripts. */
  readonly code: string
  readonly exit: (typeof EXIT)[keyof typeof EXIT]
  /** What and where in one sentence, without a full stop. */
  readonly message: string
  readonly why?: string
  readonly fix?: string
  /** Everything that is wrong with a document, when that is the reason. */
  readonly problems?: readonly Problem[]
}

export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure }

export function succeeded<Value>(value: Value): Result<Value> {
  return { ok: true, value }
}

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure }
}

/** The failure as a person reads it, or as one JSON document; both end with a line break. */
export function showFailure(failure: Failure, json: boolean): string {
  return json ? `${JSON.stringify(failureDocument(failure))}\n` : failureText(failure)
}

/** Parts may quote files and answers of others, so every line is made safe for a terminal. */
function failureText({ message, why, fix, problems = [] }: Failure): string {
  const lines = [
    ...problems.map((problem) => `${problem.severity}: ${problem.message}`),
    `error: ${message}`,
    ...(why === undefined ? [] : [`  why: ${why}`]),
    ...(fix === undefined ? [] : [`  fix: ${fix}`]),
  ]
  return lines.map((line) => `${line.startsWith('  ') ? '  ' : ''}${visible(line)}\n`).join('')
}

function failureDocument({ code, message, why, fix, problems }: Failure): unknown {
  const told = problems?.map(({ code, message, path }) => ({ code, message, path }))
  return { error: { code, message, why, hint: fix, problems: told } }
}
