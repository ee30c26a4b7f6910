import type { FormVisitor } from './visitor.ts'

/** Markup, a script, quotes, writing from the right, marks that turn the line around, people of several characters. */
export const HOSTILE = `<img src=x onerror="window.hostile=1"><script>window.hostile=1</script>"'&{{7*7}} שלום \u202Etxt.exe 👩‍👩‍👧‍👦 足`
/** A name with no place to break it, as long as names may be. */
const HOSTILE_NAME = `${HOSTILE}${'W'.repeat(200 - HOSTILE.length)}`
/** As long as what people write may be. */
const HOSTILE_TEXT = `${HOSTILE}\n\n${'長い説明'.repeat(300)}${'W'.repeat(500)}`

/** Writes such things wherever people may write, by the forms of the pages. @returns the incident that is about all of it */
export async function writeHostile({ page, send }: FormVisitor, month: string): Promise<string> {
  const say = async (path: string, action: string, typed: Readonly<Record<string, string>>) => {
    const sent = await send(path, action, typed)
    if (sent.status !== 200) throw new Error(`${action} led to ${sent.path}: ${sent.status} ${reasonIn(sent.text)}`)
    return sent
  }
  const opened = await say('/incidents', '/do/incidents', {
    title: HOSTILE_NAME,
    'level:number': '1',
    'journeys:list': 'view-result',
  })
  const incident = opened.path
  const does = (verb: string, typed: Readonly<Record<string, string>>) => say(incident, `/do${incident}/${verb}`, typed)
  await does('note', { text: HOSTILE_TEXT })
  await does('decide', {
    knew: HOSTILE_TEXT,
    'options:lines': `${HOSTILE}\n${HOSTILE_NAME}`,
    choice: HOSTILE,
    why: HOSTILE_TEXT,
  })
  await does('update', { text: HOSTILE_TEXT })
  await does('status', { status: 'identified', note: HOSTILE })
  await does('time', { moment: 'impactStarted', value: '00:01', reason: HOSTILE })
  const writes = (verb: string, typed: Readonly<Record<string, string>>) =>
    say(`${incident}/postmortem`, `/do${incident}/${verb}`, typed)
  await writes('cause', { id: 'hostile', text: HOSTILE_NAME, bone: 'change' })
  await writes('postmortem', { state: 'draft', owner: HOSTILE_NAME, file: 'postmortems/a.md' })
  const fix = await say(incident, '/do/fixes', {
    title: HOSTILE_NAME,
    kind: 'prevent',
    owner: HOSTILE_NAME,
    cause: 'hostile',
  })
  await say(fix.path, `/do${fix.path}/block`, { reason: HOSTILE_TEXT })
  await say('/journeys/view-result', '/do/annotations', { title: HOSTILE_NAME })
  const silence = new URLSearchParams({
    matchers: 'journey=view-result',
    for: '1h',
    reason: HOSTILE,
    owner: HOSTILE_NAME,
  })
  await say(`/silences?${silence}`, '/do/silences', {})
  await say(`/reports/${month}`, `/do/reports/${month}/comments`, { journey: 'view-result', text: HOSTILE_TEXT })
  await say(`/reports/${month}`, `/do/reports/${month}/headline`, { text: HOSTILE })
  await say(`/reports/${month}`, '/do/reports/asks', { text: HOSTILE, why: HOSTILE, owner: HOSTILE_NAME })
  const { text } = await page('/alerts')
  const alert = /href="(\/alerts\/A-\d+)"/.exec(text)?.[1] ?? ''
  await say(alert, `/do${alert}/ack`, { note: HOSTILE })
  return incident
}

/** What a page says that refused something. */
function reasonIn(text: string): string {
  return [...text.matchAll(/<p lang="en">([^<]*)</g)].map(([, line]) => line).join(' ')
}
