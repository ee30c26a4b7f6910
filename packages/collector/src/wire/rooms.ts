/** Memory that an answer is received into. What it holds is whoever's has it at the moment. */
export type Room = { bytes: Buffer }

/** Memory that is used over and over for answers that are read and then forgotten. */
export type Rooms = {
  /** Lends a room until `use` is over. Nothing of what was in it may be kept. */
  lend<Result>(use: (room: Room) => Promise<Result>): Promise<Result>
}

/** What is kept for the next answers: as many rooms as are read at once in a large house, and none for a rare giant. */
const MOST_ROOMS = 32
const LARGEST_BYTES = 1024 ** 2

/**
 * Without them each reading of a hundred large targets is a dozen megabytes that the garbage collector counts as new, and it goes
 * through all books to find them.
 */
export function createRooms(): Rooms {
  const free: Room[] = []
  return {
    lend: async (use) => {
      const room = free.pop() ?? { bytes: Buffer.alloc(0) }
      try {
        return await use(room)
      } finally {
        if (free.length < MOST_ROOMS && room.bytes.length <= LARGEST_BYTES) free.push(room)
      }
    },
  }
}

/** Adds what has arrived behind the first `length` bytes of a room, which grows when it is full. */
export function fill(room: Room, length: number, chunk: Uint8Array): void {
  const needed = length + chunk.length
  if (needed > room.bytes.length) widen(room, length, Math.max(needed, 2 * room.bytes.length))
  room.bytes.set(chunk, length)
}

/**
 * Makes an empty room as large as an answer says it is, instead of doubling it up to there, and a little larger: the next ones will
 * have grown. Who says a lot is believed when it comes.
 */
export function prepare(room: Room, bytes: number): void {
  if (!(bytes > room.bytes.length)) return
  widen(room, 0, Math.min(LARGEST_BYTES, Math.ceil(bytes / STEP_BYTES + 1) * STEP_BYTES))
}

const STEP_BYTES = 32 * 1024

function widen(room: Room, length: number, bytes: number): void {
  const wider = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * STEP_BYTES))
  room.bytes.copy(wider, 0, 0, length)
  room.bytes = wider
}
