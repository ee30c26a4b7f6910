import type { Examined, Finding } from '../../ports/doctor.ts'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { fields } from '../terminal/table.ts'

/** Findings for people, errors first, then what was looked at: silence about something that nobody looked at is no praise. */
export function doctorText({ findings, looked, notLooked }: Examined, output: Output): string {
  const ordered = [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))]
  const told = ordered.map((finding) => findingText(finding, output))
  const errors = findings.filter(isError).length
  const sum =
    findings.length === 0
      ? 'nothing found'
      : [plural(errors, 'error'), plural(findings.length - errors, 'warning')].join(', ')
  const lines = [
    sum,
    `looked at: ${looked.join(', ') || 'nothing'}`,
    ...notLooked.map((what) => `not looked at: ${what}`),
  ]
  return [...told, `${lines.map(printable).join('\n')}\n`].join('\n')
}

function findingText({ severity, code, where, what, why, fix }: Finding, output: Output): string {
  const head = `${output.style(severity === 'error' ? 'red' : 'yellow', severity)}  ${code}  ${printable(where)}\n`
  return (
    head +
    fields([
      ['what', what],
      ['why', why],
      ['fix', fix],
    ])
  )
}

const isError = ({ severity }: Finding) => severity === 'error'

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
