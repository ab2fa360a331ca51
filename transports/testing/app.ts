import * as z from 'zod'
import { type Contracts, defineError, type Log, pikku } from '../../core/index.ts'

/** A small app with its contract written by hand, for the tests of the transports. */
export interface Services {
  notes: Map<string, string>
}
export interface Session {
  user: string
}
export class NoteMissing extends defineError('NOTE_MISSING', { status: 404 })<{ id: string }> {}

const { func, app, permission, session } = pikku<Services, Session>()

export const cookie = session.cookie({
  name: 'sid',
  resolve: (_services, value) => (value === 'ann' ? { user: 'ann' } : undefined),
})
const isAnn = permission('isAnn', (_services, _input, { session }) => session.user === 'ann')

const notes = {
  echo: func({ auth: false }, async (_services, input: { text: string; count?: number; at?: Date }) => input),
  get: func({ auth: false, errors: [NoteMissing] }, async ({ notes }, { id }: { id: string }) => {
    const text = notes.get(id)
    if (text === undefined) throw new NoteMissing({ id })
    return { id, text, secret: 'never leaves' }
  }),
  find: func({ auth: false }, async (_services, input: { tags?: string[]; page?: number; open?: boolean }) => input),
  put: func({ permissions: [isAnn] }, async ({ notes }, { id, text }: { id: string; text: string }) => {
    notes.set(id, text)
  }),
  tagged: func({ auth: false }, async (_services, input: { tags: string[] }) => input.tags),
  mine: func(async (_services, _input: {}, { session }) => session.user),
  signIn: func({ auth: false }, async (_services, _input: {}, call) => cookie.set(call, 'ann')),
  fail: func({ auth: false }, async (): Promise<string> => {
    throw new Error('the password is hunter2')
  }),
  lie: func({ auth: false }, async () => ({ text: 'no number' }) as unknown as { text: number }),
  slow: func({ auth: false, timeout: 50 }, async ({ notes }, _input: {}, { signal }) => {
    notes.set('slow', 'started')
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  }),
  stuck: func({ auth: false }, async ({ notes }, _input: {}) => {
    notes.set('stuck', 'started')
    await new Promise(() => {})
  }),
  small: func({ auth: false, maxBody: 64 }, async (_services, input: { text: string }) => input.text),
  ticks: func({ auth: false }, async function* ({ notes }, { upTo }: { upTo: number }, { signal }) {
    try {
      for (let tick = 1; tick <= upTo; tick++) {
        if (tick === 13) throw new Error('unlucky')
        yield tick
      }
      if (upTo === 0) await new Promise((resolve) => signal.addEventListener('abort', resolve))
    } finally {
      notes.set('ticks', 'ended')
    }
  }),
}

export const testApp = app({
  rpc: { notes },
  http: {
    'GET /notes/:id': notes.get,
    'PUT /notes/:id': notes.put,
    'GET /notes/find': notes.find,
    'GET /notes/tagged': notes.tagged,
    'GET /notes/ticks/:upTo': notes.ticks,
  },
  session: [session.bearer((_services, token) => (token === 'bob-token' ? { user: 'bob' } : undefined)), cookie],
})

const echo = z.object({ text: z.string(), count: z.number().optional(), at: wireDate().optional() })
const query = z.object({
  tags: z.array(z.string()).optional(),
  page: z.number().optional(),
  open: z.boolean().optional(),
})

/** By name of the operation: `<name>Input`, `<name>Output`, and `<name>Error` for the data of its error. */
const schemas: Record<string, z.ZodType> = {
  echoInput: echo,
  echoOutput: echo,
  getInput: z.object({ id: z.string() }),
  getOutput: z.object({ id: z.string(), text: z.string() }),
  getError: z.object({ id: z.string() }),
  findInput: query,
  findOutput: query,
  taggedInput: z.object({ tags: z.array(z.string()) }),
  taggedOutput: z.array(z.string()),
  putInput: z.object({ id: z.string(), text: z.string() }),
  mineInput: z.object({}),
  mineOutput: z.string(),
  signInInput: z.object({}),
  failOutput: z.string(),
  lieOutput: z.object({ text: z.number() }),
  slowInput: z.object({}),
  stuckInput: z.object({}),
  smallInput: z.object({ text: z.string() }),
  smallOutput: z.string(),
  ticksInput: z.object({ upTo: z.number() }),
  ticksOutput: z.number(),
}

const routes: Record<string, Contracts['operations'][number]['routes']> = {
  get: [{ method: 'GET', path: '/notes/:id', parameters: [{ name: 'id', in: 'path', type: 'string' }] }],
  put: [{ method: 'PUT', path: '/notes/:id', parameters: [{ name: 'id', in: 'path', type: 'string' }] }],
  find: [
    {
      method: 'GET',
      path: '/notes/find',
      parameters: [
        { name: 'tags', in: 'query', type: 'string', many: true },
        { name: 'page', in: 'query', type: 'number' },
        { name: 'open', in: 'query', type: 'boolean' },
      ],
    },
  ],
  tagged: [
    {
      method: 'GET',
      path: '/notes/tagged',
      parameters: [{ name: 'tags', in: 'query', type: 'string', many: true, required: true }],
    },
  ],
  ticks: [{ method: 'GET', path: '/notes/ticks/:upTo', parameters: [{ name: 'upTo', in: 'path', type: 'number' }] }],
}

export const testContracts: Contracts = {
  version: 1,
  session: [],
  operations: Object.keys(notes).map((name) => ({
    name: `notes.${name}`,
    kind: name === 'ticks' ? 'stream' : 'call',
    auth: name === 'put' || name === 'mine',
    rpc: true,
    routes: routes[name] ?? [],
    errors: name === 'get' ? [{ code: 'NOTE_MISSING', status: 404, data: 'getError' }] : [],
    services: ['get', 'put', 'ticks', 'slow', 'stuck'].includes(name) ? ['notes'] : [],
    ...(`${name}Input` in schemas ? { input: `${name}Input` } : {}),
    ...(`${name}Output` in schemas ? { output: `${name}Output` } : {}),
    schemas: async () => schemas,
  })),
}

/** A log that keeps its lines, so that tests can see what stayed on the server. */
export function keepingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = []
  const keep = (fields: object, message: string) => {
    lines.push(`${message} ${Object.values(fields).map(String).join(' ')}`)
  }
  return { lines, debug: keep, info: keep, warn: keep, error: keep }
}

function wireDate() {
  return z.codec(z.iso.datetime({ offset: true }), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  })
}

/** Notes that tell when one is written. */
export class WatchedNotes extends Map<string, string> {
  readonly #heard = new Map<string, PromiseWithResolvers<void>>()

  /** Resolves when this note is written. */
  written(id: string): Promise<void> {
    return this.#of(id).promise
  }

  override set(id: string, text: string): this {
    this.#of(id).resolve()
    return super.set(id, text)
  }

  #of(id: string): PromiseWithResolvers<void> {
    const known = this.#heard?.get(id) ?? Promise.withResolvers<void>()
    this.#heard?.set(id, known)
    return known
  }
}
