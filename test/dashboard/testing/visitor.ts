/** Somebody with a browser that runs no script: cookies, pages, and the forms that stand in them. */
export type FormVisitor = {
  readonly page: (path: string) => Promise<{ readonly status: number; readonly text: string }>
  /** Sends the form of a page with what was typed, and follows to where it leads. */
  readonly send: (path: string, action: string, typed: Readonly<Record<string, string>>) => Promise<Sent>
}
type Sent = { readonly status: number; readonly path: string; readonly text: string }

/** @param who how the visitor calls themselves */
export function visitorAt(url: string, who: string): FormVisitor {
  const jar = new Map([['tabiji_who', who]])
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${url}${path}`, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      jar.set(name, value)
    }
    return answer
  }
  const page = async (path: string) => {
    const answer = await ask(path)
    return { status: answer.status, text: await answer.text() }
  }
  return {
    page,
    send: async (path, action, typed) => {
      const { text } = await page(path)
      const body = new URLSearchParams({ ...hiddenOf(text, action), ...typed })
      const answer = await ask(action, { method: 'POST', body, headers: { origin: url } })
      if (answer.status !== 303) return { status: answer.status, path: action, text: await answer.text() }
      const to = answer.headers.get('location') ?? ''
      return { ...(await page(to)), path: to }
    },
  }
}

/** What goes along unseen with the first form of an action. */
function hiddenOf(text: string, action: string): Readonly<Record<string, string>> {
  const form = text.split('<form ').find((part) => part.includes(`action="${action}"`)) ?? ''
  if (form === '') throw new Error(`Expected a form with the action ${action} in the page`)
  const fields = [...(form.split('</form>')[0]?.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g) ?? [])]
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]))
}
