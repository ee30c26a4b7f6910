const SVG = 'http://www.w3.org/2000/svg'

/** So many rows have to lie between the ends of a drag; less is a click. */
const LEAST_DRAGGED = 2

/**
 * A cursor over the charts of a course: it reads the rows of the table behind the chart, moves over all of them together, and
 * looks closer where somebody drags or presses `z`. Everything it does can be done by links and in the tables as well.
 */
export function readCourses(): void {
  document.documentElement.dataset['script'] = 'on'
  let dragFrom: number | undefined
  document.addEventListener('pointermove', (event) => {
    const figure = figureAt(event.target)
    if (figure !== undefined) show(figure, rowAt(figure, event.clientX), dragFrom)
  })
  document.addEventListener('pointerdown', (event) => {
    const figure = figureAt(event.target)
    // A finger scrolls.
    if (figure === undefined || event.pointerType !== 'mouse' || event.button !== 0) return
    if (!(event.target instanceof SVGElement)) return
    event.preventDefault()
    figure.focus({ preventScroll: true })
    dragFrom = rowAt(figure, event.clientX)
  })
  document.addEventListener('pointerup', (event) => {
    const figure = figureAt(event.target)
    const begin = dragFrom
    dragFrom = undefined
    if (figure === undefined || begin === undefined) return
    const end = rowAt(figure, event.clientX)
    if (Math.abs(end - begin) >= LEAST_DRAGGED) lookAt(figure, Math.min(begin, end), Math.max(begin, end))
    else show(figure, end)
  })
  // Before the keys of the page, which would follow a link.
  document.addEventListener('keydown', press, { capture: true })
}

function press(event: KeyboardEvent): void {
  const figure = figureAt(event.target)
  if (figure === undefined || event.target !== figure || event.ctrlKey || event.metaKey || event.altKey) return
  const last = rowsOf(figure).length - 1
  const here = Number(figure.dataset['at'] ?? last)
  const moves: Readonly<Record<string, number>> = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last }
  const next = moves[event.key]
  if (next !== undefined) show(figure, Math.min(last, Math.max(0, next)))
  else if (event.key === 'z' && document.documentElement.dataset['keys'] !== 'off') {
    const quarter = Math.max(1, Math.round(last / 4))
    lookAt(figure, Math.max(0, here - quarter), Math.min(last, here + quarter))
  } else return
  event.preventDefault()
  event.stopPropagation()
}

function figureAt(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element ? target.closest<HTMLElement>('figure.course') : null) ?? undefined
}

const rowsOf = (figure: Element) => [...figure.querySelectorAll<HTMLTableRowElement>('tr[data-x]')]

/** The row that is nearest to a place on the screen. */
function rowAt(figure: Element, clientX: number): number {
  const chart = figure.querySelector<SVGSVGElement>('svg.chart')
  const box = chart?.getBoundingClientRect()
  if (chart === null || box === undefined || box.width === 0) return 0
  const x = ((clientX - box.left) / box.width) * chart.viewBox.baseVal.width
  const distances = rowsOf(figure).map((row) => Math.abs(Number(row.dataset['x']) - x))
  return distances.indexOf(Math.min(...distances))
}

/** Moves the cursor in all charts, and reads it out in the one that somebody looks at. */
function show(figure: HTMLElement, at: number, dragFrom = at): void {
  for (const each of document.querySelectorAll<HTMLElement>('figure.course')) {
    const rows = rowsOf(each)
    const x = (i: number) => Number(rows[i]?.dataset['x'] ?? 0)
    each.dataset['at'] = String(at)
    const chart = each.querySelector<SVGSVGElement>('svg.chart')
    if (chart === null) continue
    const cursor = chart.querySelector('.cursor') ?? chart.appendChild(document.createElementNS(SVG, 'rect'))
    const [left, right] = [Math.min(x(at), x(dragFrom)), Math.max(x(at), x(dragFrom))]
    const place = {
      class: 'cursor',
      x: left,
      width: Math.max(1, right - left),
      y: 0,
      height: chart.viewBox.baseVal.height,
    }
    for (const [name, value] of Object.entries(place)) cursor.setAttribute(name, String(value))
    const output = each.querySelector('output')
    if (output !== null) output.textContent = each === figure ? textOf(each, rows[at]) : ''
  }
}

/** The row as its table has it, each value with its column's name. */
function textOf(figure: Element, row: HTMLTableRowElement | undefined): string {
  if (row === undefined) return ''
  const heads = [...figure.querySelectorAll('thead th')].map(({ textContent }) => textContent)
  const [time, ...values] = [...row.cells].map(({ textContent }) => textContent)
  const isWhole = row.cells.length === heads.length
  return [time, ...values.map((value, i) => (isWhole ? `${heads[i + 1]} ${value}` : value))].join(' · ')
}

/** The same page with a stretch of its own, from the beginning of a row to the end of another. */
function lookAt(figure: Element, first: number, last: number): void {
  const rows = rowsOf(figure)
  const [from, to] = [rows[first]?.dataset['from'], rows[last]?.dataset['to']]
  if (from === undefined || to === undefined || figure.closest('#course') === null) return
  const address = new URL(location.href)
  address.searchParams.delete('range')
  address.searchParams.set('from', new Date(Number(from)).toISOString())
  address.searchParams.set('to', new Date(Number(to)).toISOString())
  address.hash = 'course'
  location.assign(address)
}
