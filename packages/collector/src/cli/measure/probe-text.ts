import type { ProbeRun, StepRun } from '@tabiji/core/probe'
import { DAY } from '@tabiji/core/time'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { section, table } from '../terminal/table.ts'

/** A run as people read it: its steps, what was expected of each, and how it ended. */
export function runText(run: ProbeRun, now: number, output: Output): string {
  const steps = run.steps.map((step) => {
    const painted = { text: step.outcome, paint: (text: string) => paint(step, text, output) }
    return [step.step, painted, `${step.elapsedMs} ms`, `${step.withinMs} ms`, statusOf(step), step.request]
  })
  const checks = run.steps.flatMap(({ step, checks }) =>
    checks.map(({ what, ok, got }) => [step, ok ? 'yes' : 'NO', got === undefined ? what : `${what}, got ${got}`]),
  )
  const captured = run.steps.flatMap(({ step, captured }) => captured.map((name) => [step, name, '(not shown)']))
  const certificates = run.certificates.map(({ host, expiresAt }) => {
    return [host, `ends in ${Math.floor((expiresAt - now) / DAY)} days`]
  })
  return [
    table(['STEP', 'OUTCOME', 'TOOK', 'PROMISED', 'STATUS', 'REQUEST'], steps),
    section('Expected', checks),
    section('Captured', captured),
    section('Certificates', certificates),
    '\n',
    printable(`${run.probe}: ${run.outcome}${run.why === undefined ? '' : `, ${run.why}`}`),
    '\n',
  ].join('')
}

function statusOf({ status, requests }: StepRun): string {
  return `${status ?? '–'}${requests > 1 ? ` (${requests} requests)` : ''}`
}

function paint({ outcome }: StepRun, text: string, output: Output): string {
  return outcome === 'good' ? output.style('green', text) : output.style('red', text)
}
