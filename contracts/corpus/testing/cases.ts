import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import type { Json } from './values.ts'

/** A type of the corpus, and what is said about it. */
export interface Case {
  /** `objects.Plain` */
  readonly name: string
  readonly topic: Topic
  /** The name it is exported by. */
  readonly type: string
  readonly accepts: readonly Json[]
  /** Accepted, but not kept as they are: there are keys too many. */
  readonly trims: readonly Json[]
  readonly rejects: readonly Json[]
  /** The code of the diagnostic that such a type gets, if it cannot be carried. */
  readonly refused?: string
  /** The type that the compiler judges instead, for types that no JSON is of to the compiler: enums, brands, classes. */
  readonly judgedAs?: string
}

/** One file of cases. */
export interface Topic {
  /** The name of the file: `template-literals`. */
  readonly file: string
  /** As an identifier: `templateLiterals`. */
  readonly name: string
  /** The TypeScript of the file, line by line where it stands there. */
  readonly source: string
  /** Files that stand beside it, by their path in the project. */
  readonly others: ReadonlyMap<string, string>
  /** Whether the compiler cannot judge: dates and the like are text on the wire, and comments mean nothing to it. */
  readonly byHand: boolean
  readonly cases: readonly Case[]
}

/** Reads all topics in a folder: documents whose blocks of TypeScript declare types, with their values below. */
export function readTopics(folder: string): Topic[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'))
  return files.sort().map((file) => readTopic(file.slice(0, -'.md'.length), readFileSync(join(folder, file), 'utf8')))
}

function readTopic(file: string, text: string): Topic {
  const name = file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const { source, others } = blocksOf(text)
  const cases: Case[] = []
  const byHand = text.includes('<!-- judged by hand -->')
  const topic: Topic = { file, name, source, others, byHand, cases }
  cases.push(...casesIn(topic))
  return topic
}

/** The blocks of TypeScript. What is no code becomes empty lines, so that lines keep their numbers. */
function blocksOf(text: string): { source: string; others: Map<string, string> } {
  const source: string[] = []
  const others = new Map<string, string>()
  let block: string | undefined
  for (const line of text.split('\n')) {
    const fence = /^```(?:ts ?(\S*))?$/.exec(line)
    if (fence) block = block === undefined ? (fence[1] ?? '') : undefined
    else if (block) others.set(block, `${others.get(block) ?? ''}${line}\n`)
    source.push(!fence && block === '' ? line : '')
  }
  return { source: `${source.join('\n').trimEnd()}\n`, others }
}

const declaration = /^export (?:declare )?(?:abstract )?(?:const )?(?:type|interface|class|enum) (\w+)/
const directive = /^\/\/ (accepts|trims|rejects|refused|judged as) (.+)$/

function* casesIn(topic: Topic): Generator<Case> {
  let current: Draft | undefined
  for (const [index, line] of topic.source.split('\n').entries()) {
    const at = `contracts/corpus/cases/${topic.file}.md:${index + 1}`
    const [, type] = declaration.exec(line) ?? []
    if (type !== undefined && type !== current?.type) {
      if (current) yield finish(current)
      current = { name: `${topic.name}.${type}`, topic, type, accepts: [], trims: [], rejects: [], at }
    }
    const [, word, rest = ''] = directive.exec(line) ?? []
    if (word === undefined) continue
    if (!current) throw new Error(`${at}: no type stands above these values.`)
    if (word === 'refused') current.refused = rest
    else if (word === 'judged as') current.judgedAs = rest
    else current[word as 'accepts' | 'trims' | 'rejects'].push(...valuesIn(rest, at))
  }
  if (current) yield finish(current)
}

type Draft = { -readonly [Key in keyof Case]: Case[Key] extends readonly Json[] ? Json[] : Case[Key] } & { at: string }

function finish({ at, ...draft }: Draft): Case {
  const { accepts, rejects, trims, refused } = draft
  const isJudged = accepts.length + trims.length + rejects.length > 0
  if (isJudged === (refused !== undefined))
    throw new Error(`${at}: ${draft.name} needs values, or a code it is refused with.`)
  return draft
}

function valuesIn(text: string, at: string): Json[] {
  try {
    return JSON.parse(JSON.stringify(runInNewContext(`[${text}]`))) as Json[]
  } catch (error) {
    throw new Error(`${at}: ${text} are no values.`, { cause: error })
  }
}
