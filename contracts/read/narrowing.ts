import {
  type ClassDeclaration,
  type EnumDeclaration,
  type InterfaceDeclaration,
  isClassDeclaration,
  isEnumDeclaration,
  isImportDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isTypeAliasDeclaration,
  type ModuleDeclaration,
  type SourceFile,
  type Statement,
  type TypeAliasDeclaration,
} from 'typescript/ast'
import { partsOfChannel } from '../channels.ts'
import type { FunctionSource } from './functions.ts'
import { type LastingType, refsOfOperation, refsOfType } from './lasting-types.ts'
import { reachedFrom } from './module-graph.ts'
import { ProjectSight } from './project-sight.ts'
import type { Reading } from './rereading.ts'
import { type Scope, typesOf } from './scope.ts'
import { type FileSight, isLink, sightOf } from './sight.ts'
import { sourceFileOf, type Wired } from './wired.ts'

/**
 * What has to be read again after an edit of one file that changed nothing but what interfaces hold and what functions do,
 * where syntax tells that the files which import it say what they said: they refer to its types, and make nothing of what
 * is in them. Then only the types of the file are others, and the operations whose types the compiler finds out; and where
 * nothing but interfaces changed, of the types and the operations of the file itself only those that depend on them.
 * Gives nothing where that cannot be seen.
 *
 * @param touched the edited file, and all that lead to it.
 * @param now what the file says now.
 * @param app the file of the app.
 */
export function narrowScope(
  reading: Reading,
  file: string,
  touched: ReadonlySet<string>,
  now: SourceFile,
  app: string,
): Scope | undefined {
  const { imports, sources } = reading.graph
  const before = sources.get(file)
  const changed = before && changedInterfaces(before, now)
  if (!changed) return undefined
  const [sight, sightBefore] = [sightOf(now), sightOf(before)]
  const files = new ProjectSight(new Map([...sources, [file, now]]), touched)
  // What holds more than data decides which functions are called, and what these throw.
  if (!files.areData(file, changed, sight) || !files.areData(file, changed, sightBefore)) return undefined
  const edited = { ...files.changedTypes(file, changed, sightBefore), isSameBeside: isSameBeside(before, now) }
  const ofApp = reachedFrom([app], imports)
  // What the file of the app makes of types is read in full anyway.
  const others = [...touched].filter((other) => other !== file && other !== app && ofApp.has(other))
  if (!others.every((other) => files.keepsOut(other, edited, imports))) return undefined
  const isSame =
    edited.isSameBeside &&
    files.isQuiet(file, edited) &&
    files.seesImports(file, imports) &&
    !hasWarnings(reading, file)
  const isKept = (wired: Wired, name: string | undefined): boolean => {
    const place = sourceFileOf(wired)
    if (!touched.has(place)) return true
    const { exportName } = wired
    if (place === file && !(isSame && sight.values.has(exportName))) return false
    if (name !== undefined && !reading.inferring.has(name) && files.isWrittenOut(place, exportName, edited)) return true
    return files.isApart(place, exportName, edited)
  }
  const again = new Set(reading.wired.filter((wired, index) => !isKept(wired, reading.operations[index]?.name)))
  const isThere = typesOf(new Set([file]))
  const isKnown = (name: string): boolean =>
    isSame && sight.declarations.has(name) && !edited.interfaces.has(name) && !edited.aliases.has(name)
  const isTouchedType = (place: string, name: string): boolean => isThere(place) && !isKnown(name)
  const roots = rootsOf(reading, again, isTouchedType, sight)
  return (
    roots && {
      files: new Set(isSame ? [] : [file]),
      channels: touched,
      isTouched: (wired) => again.has(wired),
      isTouchedType,
      moved: movedIn(reading, file, again, sight),
      roots,
      isClear: (generic) => files.isClearGeneric(generic),
    }
  )
}

/** Warnings say where they stand, and nothing tells where that is now. */
function hasWarnings({ warnings }: Reading, file: string): boolean {
  return warnings.some(({ diagnostic }) => diagnostic.at?.file === file)
}

/** The types that may be others, and that what is not read again leads to; nothing where one is not written once. */
function rootsOf(
  { operations, channels, wired, types }: Reading,
  again: ReadonlySet<Wired>,
  isTouchedType: Scope['isTouchedType'],
  { declarations }: FileSight,
): Scope['roots'] | undefined {
  const isTouched = ({ name }: LastingType): boolean => name !== undefined && isTouchedType(name.file, name.base)
  const kept = operations.filter((_, index) => {
    const operation = wired[index]
    return operation && !again.has(operation)
  })
  const reached = new Set<string>()
  for (const operation of [...kept, ...channels.flatMap(partsOfChannel)])
    for (const key of refsOfOperation(operation)) reached.add(key)
  for (const type of types.values()) if (!isTouched(type)) for (const key of refsOfType(type)) reached.add(key)
  const found = Array.from(reached, (key) => types.get(key)).filter((type) => type !== undefined)
  const roots = found.filter(isTouched).map((type) => {
    const [declaration, more] = declarations.get(type.name?.base ?? '') ?? []
    return declaration && !more && !isEnumDeclaration(declaration) ? { type, declaration } : undefined
  })
  return roots.every((root) => root !== undefined) ? roots : undefined
}

/** Where the functions of a file stand now that are not read again. */
function movedIn({ wired }: Reading, file: string, again: ReadonlySet<Wired>, { values }: FileSight): Scope['moved'] {
  const moved = new Map<number, FunctionSource>()
  for (const [index, operation] of wired.entries()) {
    const source = values.get(operation.exportName)
    if (source && sourceFileOf(operation) === file && !again.has(operation)) moved.set(index, source)
  }
  return moved
}

/** Whether two states of a file are the same but for types. */
function isSameBeside(before: SourceFile, now: SourceFile): boolean {
  const textOf = ({ statements }: SourceFile): string =>
    statements
      .filter((statement) => !isType(statement))
      .map((statement) => statement.getFullText())
      .join('\n')
  return textOf(before) === textOf(now)
}

/**
 * The interfaces of a file that hold something else than before; nothing where another type, or what is imported, is
 * not what it was.
 */
function changedInterfaces(before: SourceFile, now: SourceFile): ReadonlySet<string> | undefined {
  if (linksOf(before) !== linksOf(now)) return undefined
  const [old, fresh] = [typesIn(before), typesIn(now)]
  const kept = [...fresh.keys()].filter((name) => old.has(name))
  // Members of a union stand in the order of their declarations.
  if (kept.join() !== [...old.keys()].join()) return undefined
  const changed = new Set<string>()
  for (const name of kept) {
    const [one, other] = [old.get(name) ?? [], fresh.get(name) ?? []]
    if (one.length === other.length && one.every((part, at) => part.getFullText() === other[at]?.getFullText()))
      continue
    const [part, same] = [one.length === 1 && headOf(one[0]), other.length === 1 && headOf(other[0])]
    if (!part || part !== same) return undefined
    changed.add(name)
  }
  return changed
}

/** What a file imports, and exports that is declared elsewhere. */
function linksOf({ statements }: SourceFile): string {
  const links = statements.filter((statement) => isImportDeclaration(statement) || isLink(statement))
  return links.map((link) => link.getText()).join('\n')
}

/** What a file declares that has a type of its own, in all its parts. */
function typesIn({ statements }: SourceFile): ReadonlyMap<string, readonly Statement[]> {
  const types = new Map<string, Statement[]>()
  for (const statement of statements) {
    if (!isType(statement)) continue
    const name = statement.name?.getText() ?? ''
    types.set(name, [...(types.get(name) ?? []), statement])
  }
  return types
}

function isType(statement: Statement): statement is TypeDeclaration {
  return (
    isInterfaceDeclaration(statement) ||
    isTypeAliasDeclaration(statement) ||
    isClassDeclaration(statement) ||
    isEnumDeclaration(statement) ||
    isModuleDeclaration(statement)
  )
}

type TypeDeclaration =
  | ClassDeclaration
  | EnumDeclaration
  | InterfaceDeclaration
  | ModuleDeclaration
  | TypeAliasDeclaration

/** How an interface begins, up to what it holds; nothing for a generic one, of which there are many. */
function headOf(statement: Statement | undefined): string | undefined {
  if (!statement || !isInterfaceDeclaration(statement) || statement.typeParameters) return undefined
  const { modifiers = [], name, heritageClauses = [] } = statement
  return [...modifiers, name, ...heritageClauses].map((node) => node.getText()).join(' ')
}
