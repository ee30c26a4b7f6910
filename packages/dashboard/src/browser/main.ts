import { listenForKeys } from './keys.ts'
import { followLive } from './live.ts'

followLive()
listenForKeys()
