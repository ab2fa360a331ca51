import { memoryHub } from 'pikku/hub'
import { contracts } from '../contracts/index.ts'
import { CountedCalls } from './counted-calls.ts'
import { KeptCalls } from './kept-calls.ts'
import { KeptLines } from './kept-lines.ts'

/** What every way in is given to serve the app: `serve(app, { ...setup(), port: 0 })`. */
export function setup() {
  const lines = new KeptLines()
  const notes = new Map([['1', 'first']])
  return {
    contracts,
    services: { notes: () => notes, lines: () => lines, hub: () => memoryHub() },
    log: lines,
    rateLimiter: new CountedCalls(),
    idempotency: new KeptCalls(),
    origins: ['https://app.example.com'],
    cors: { origins: ['https://reader.example.com'], exposeHeaders: ['x-both'], maxAge: 600 },
    compress: true,
  }
}
