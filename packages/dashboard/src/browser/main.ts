import { announce } from './announce.ts'
import { copyLinks } from './copy.ts'
import { readCourses } from './course.ts'
import { listenForKeys } from './keys.ts'
import { showOnWall } from './kiosk.ts'
import { followLive } from './live.ts'
import { offerOwnZone } from './zone.ts'

announce()
if (!('still' in document.documentElement.dataset)) followLive()
readCourses()
listenForKeys()
copyLinks()
showOnWall()
offerOwnZone()
