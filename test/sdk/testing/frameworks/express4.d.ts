/** Express 4 under a name of its own; what the suite uses of it has the types of express 5. */
declare module 'express4' {
  import express from 'express'
  export = express
}
