import { modelFileOf } from './model.ts'
import type { Random } from './random.ts'
import { type Field, fields, nouns, qualifiers } from './vocabulary.ts'

/** A module of ten functions, as data: a Pikku app and the peers get the same types from it. */
export interface Module {
  /** `partner-invoices`: its file, without the ending. */
  readonly file: string
  /** `partnerInvoices`: what the app imports it as. */
  readonly name: string
  /** `PartnerInvoice` */
  readonly entity: string
  /** Type imports: names by file, relative to `src/`. */
  readonly imports: ReadonlyMap<string, readonly string[]>
  /** The types it declares and exports. */
  readonly declarations: string
  readonly operations: readonly Operation[]
}

export interface Operation {
  readonly name: string
  /** The text of its input's type; absent when it takes none. */
  readonly input?: string
  /** The text of its output's type, of each item for a stream; absent when it gives none. */
  readonly output?: string
  /** `GET /invoices/:id` */
  readonly route?: string
  /** The statement that declares and exports it. */
  readonly code: string
}

export const functionsPerModule = 10

/** Makes the module that stands at `index`; its entity refers to entities of earlier modules only. */
export function makeModule(index: number, earlier: readonly Module[], random: Random): Module {
  const entity = entityAt(index)
  const file = kebab(plural(entity))
  const own = random.some(fields, 5 + random.below(8))
  const neighbours = neighboursOf(index, earlier, random)
  const used = [...new Set(['Change', 'Filter', 'Page', 'PageQuery', 'Sort', ...own.flatMap(({ uses = [] }) => uses)])]
  const imports = new Map<string, string[]>()
  for (const name of used) add(imports, `model/${modelFileOf(name)}`, name)
  for (const { file, entity } of neighbours) add(imports, `functions/${file}.ts`, entity)
  return {
    file,
    name: lower(plural(entity)),
    entity,
    imports,
    declarations: declare(entity, own, neighbours, random),
    operations: operationsOf(entity, file, own),
  }
}

// Entities of three levels, each naming those below it, keep what one type reaches as large in 5,000 functions as in 50.
function neighboursOf(index: number, earlier: readonly Module[], random: Random): Module[] {
  const level = levelOf(index)
  const near = earlier.slice(-25).filter((_, at) => levelOf(Math.max(0, earlier.length - 25) + at) < level)
  return level === 0 ? [] : random.some(near, 1 + random.below(2))
}

function levelOf(index: number): number {
  return [0, 1, 1, 2, 2][index % 5] ?? 0
}

function declare(entity: string, own: readonly Field[], neighbours: readonly Module[], random: Random): string {
  const references = neighbours.map(({ entity: other }) => {
    const [type, optional] = random.pick([
      [other, ''],
      [`${other}[]`, ''],
      [`${other} | null`, '?'],
    ] as const)
    return `  ${lower(other)}${optional}: ${type}`
  })
  const title = words(entity)
  const flat = own.filter(({ type }) => /^(?:string|number|boolean|Date|Priority)$/.test(type))
  return `export type ${entity}Status = ${random.pick(statuses)}

/** ${article(title)} ${title}, as others see it. */
export interface ${entity} {
  /** @format uuid */
  readonly id: string
  status: ${entity}Status
  createdAt: Date
  updatedAt?: Date
${own.map((field) => printField(field, entity)).join('\n')}
${references.join('\n')}
  source: ${entity}Source
  lines: ${entity}Line[]
}

/** A part of ${article(title).toLowerCase()} ${title}. */
export interface ${entity}Line {
  /** @minimum 1 */
  number: number
  /** @maxLength 300 */
  text: string
  parts?: ${entity}Line[]
}

/** Where it came from. */
export type ${entity}Source =
  | { imported: boolean; file: string }
  | { form: string; version: number }
  | 'manual'

export interface Create${entity} extends Omit<${entity}, 'id' | 'status' | 'createdAt' | 'updatedAt' | 'source'> {
  source?: ${entity}Source
}

export interface ${entity}Query extends PageQuery {
  status?: ${entity}Status[]
  /** @minLength 1 */
  search?: string
  createdFrom?: Date
  createdBefore?: Date
${flat
  .filter(({ type }) => type !== 'Date')
  .map(({ name, type }) => `  ${name}?: ${type}`)
  .join('\n')}
}

export type ${entity}Event =
  | Change<${entity}>
  | { type: 'moved'; id: string; from: ${entity}Status; to: ${entity}Status; because?: string | null }

/** Found, and how well it fits. */
export type Found${entity} = ${entity} & {
  /** @minimum 0 @maximum 1 */
  score: number
}
`.replace(/\n\n(?= {2}source)/g, '\n')
}

const statuses = [
  "'draft' | 'active' | 'closed'",
  "'open' | 'waiting' | 'done' | 'cancelled'",
  "'new' | 'accepted' | 'refused' | 'expired' | 'archived'",
] as const

function printField({ name, optional, type, notes = [] }: Field, entity: string): string {
  const [first, ...more] = notes
  const comment = !first
    ? ''
    : more.length
      ? `  /**\n${notes.map((note) => `   * ${note}\n`).join('')}   */\n`
      : `  /** ${first} */\n`
  return `${comment}  ${name}${optional ? '?' : ''}: ${type.replaceAll('Self', entity)}`
}

function operationsOf(entity: string, file: string, own: readonly Field[]): Operation[] {
  const path = `/${file}`
  const table = `'${file}'`
  const title = words(entity)
  const plain = own.filter(({ type }) => !type.includes('Self')).map(({ name }) => `'${name}'`)
  const patch = `{ id: string } & Partial<Pick<${entity}, ${plain.slice(0, 4).join(' | ')}>>`
  const summary = `{ total: number; open: number; byStatus: Record<${entity}Status, number>; latest: Date | null }`
  return [
    wrapped(
      `Adds ${article(title).toLowerCase()} ${title}.`,
      'create',
      `Create${entity}`,
      entity,
      `db.one(${table}, input)`,
      {
        route: `POST ${path}`,
        errors: '[Taken]',
      },
    ),
    wrapped(`One ${title}.`, 'get', '{ id: string }', entity, `db.one(${table}, input)`, {
      route: `GET ${path}/:id`,
      errors: '[NotFound]',
    }),
    wrapped(`Page by page.`, 'list', `${entity}Query`, `Page<${entity}>`, `db.one(${table}, input)`, {
      route: `GET ${path}`,
    }),
    wrapped('Changes what is given.', 'update', patch, entity, `db.one(${table}, input)`, {
      route: `PATCH ${path}/:id`,
      errors: '[NotFound, Taken]',
    }),
    {
      name: 'remove',
      input: '{ id: string }',
      route: `DELETE ${path}/:id`,
      code: `/** Removes it for good. */
export const remove = func({ errors: [NotFound] }, async ({ db }, input: { id: string }): Promise<void> => {
  await db.one(${table}, input)
})`,
    },
    wrapped(
      'Finds by a filter of any depth.',
      'search',
      `{ filter: Filter; sort?: Sort<'createdAt' | 'status'>[]; page?: PageQuery }`,
      `Page<Found${entity}>`,
      `db.one(${table}, input)`,
      {},
    ),
    wrapped(
      'Moves it to another status.',
      'move',
      `{ id: string; to: ${entity}Status; because?: string | null }`,
      entity,
      `db.one(${table}, input)`,
      { errors: '[NotFound]' },
    ),
    {
      name: 'count',
      input: `{ status?: ${entity}Status; before?: Date }`,
      output: 'number',
      code: `/** How many there are. */
export async function count(
  { db }: Services,
  input: { status?: ${entity}Status; before?: Date },
  _call: Call<Session>,
): Promise<number> {
  return db.one(${table}, input)
}`,
    },
    {
      name: 'summary',
      input: '{ from?: Date; to?: Date }',
      output: summary,
      code: `/** How things stand. Its output is inferred. */
export const summary = func(async ({ db }, input: { from?: Date; to?: Date }) => {
  const rows = await db.many<${entity}>(${table}, input)
  const byStatus = await db.one<Record<${entity}Status, number>>(${table}, input)
  const latest = rows.at(-1)?.createdAt ?? null
  return { total: rows.length, open: rows.filter(({ lines }) => lines.length > 0).length, byStatus, latest }
})`,
    },
    {
      name: 'watch',
      input: '{ ids?: string[] }',
      output: `${entity}Event`,
      code: `/** Every change from now on, as it happens. */
export const watch = func(async function* ({ hub }, input: { ids?: string[] }, { signal }) {
  for await (const event of hub.subscribe<${entity}Event>(${table}, signal)) {
    if (!input.ids || (event.type !== 'reset' && input.ids.length > 0)) yield event
  }
})`,
    },
  ]
}

function wrapped(
  doc: string,
  name: string,
  input: string,
  output: string,
  body: string,
  { route, errors }: { route?: string; errors?: string },
): Operation {
  const options = errors ? `{ errors: ${errors} }, ` : ''
  const code = `/** ${doc} */
export const ${name} = func(${options}async ({ db }, input: ${input}): Promise<${output}> =>
  ${body},
)`
  return { name, input, output, code, ...(route ? { route } : {}) }
}

function entityAt(index: number): string {
  const qualifier = qualifiers[Math.floor(index / nouns.length)]
  const noun = nouns[index % nouns.length]
  if (qualifier === undefined || noun === undefined) {
    throw new RangeError(`There are names for ${nouns.length * qualifiers.length * functionsPerModule} functions only.`)
  }
  return qualifier + noun
}

function add(imports: Map<string, string[]>, file: string, name: string): void {
  imports.set(file, [...(imports.get(file) ?? []), name])
}

function plural(noun: string): string {
  return `${noun.replace(/(?<![aeiou])y$/, 'ie')}s`
}

function lower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function kebab(name: string): string {
  return words(name).replaceAll(' ', '-')
}

function words(name: string): string {
  return lower(name).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'An' : 'A'
}
