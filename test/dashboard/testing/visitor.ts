/** Somebody with a browser that runs no script: cookies, pages, and the forms that stand in them. */
export type FormVisitor = {
  /** Asks with the browser's cookies, and follows nothing. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  readonly page: (path: string) => Promise<Sent>
  /** Sends the form of a page with what was typed, and follows to where it leads. */
  readonly send: (path: string, action: string, typed: Readonly<Record<string, string>>) => Promise<Sent>
  /** Comes in by a token. */
  readonly signIn: (token: string) => Promise<void>
}
type Sent = { readonly status: number; readonly path: string; readonly text: string }

/** @param who how the visitor calls themselves, where that is enough */
export function visitorAt(url: string, who?: string): FormVisitor {
  const jar = new Map(who === undefined ? [] : [['tabiji_who', encodeURIComponent(who)]])
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', cookie, ...init.headers }
    const answer = await fetch(`${url}${path}`, { ...init, redirect: 'manual', headers })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      jar.set(name, value)
    }
    return answer
  }
  const page = async (path: string): Promise<Sent> => {
    const answer = await ask(path)
    const to = answer.headers.get('location')
    return to === null ? { status: answer.status, path, text: await answer.text() } : page(to)
  }
  const send: FormVisitor['send'] = async (path, action, typed) => {
    const { text } = await page(path)
    const body = new URLSearchParams({ ...hiddenOf(text, action), ...typed })
    const answer = await ask(action, { method: 'POST', body, headers: { origin: url } })
    if (answer.status !== 303) return { status: answer.status, path: action, text: await answer.text() }
    return page(answer.headers.get('location') ?? '')
  }
  const signIn = async (token: string) => {
    const { path, status } = await send('/sign-in', '/sign-in', { token })
    if (path !== '/journeys') throw new Error(`Expected to be let in, got ${status}`)
  }
  return { ask, page, send, signIn }
}

/** What goes along unseen with the first form of an action. */
function hiddenOf(text: string, action: string): Readonly<Record<string, string>> {
  const form = text.split('<form ').find((part) => part.includes(`action="${action}"`)) ?? ''
  if (form === '') throw new Error(`Expected a form with the action ${action} in the page`)
  const fields = [...(form.split('</form>')[0]?.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g) ?? [])]
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, unescaped(value)]))
}

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => CHARACTERS[name] ?? '')
}

const CHARACTERS: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
