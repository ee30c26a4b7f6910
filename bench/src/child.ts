import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts a module of the bench as a process of its own. @param name its path below `src`, without the ending */
export function startChild(name: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(`./${name}.js`, import.meta.url)), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

/** The next message of a child. @throws Error when it ends without one */
export async function told<Message>(child: ChildProcess): Promise<Message> {
  const ended = new AbortController()
  const end = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`Expected an answer of a process of the bench, but it ended with status ${code}`)
  })
  try {
    const [message] = await Promise.race([once(child, 'message'), end])
    return message as Message
  } finally {
    ended.abort()
    end.catch(() => undefined)
  }
}
