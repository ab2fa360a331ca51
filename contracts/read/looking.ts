import {
  type InterfaceDeclaration,
  isArrayTypeNode,
  isComputedPropertyName,
  isIdentifier,
  isIndexSignatureDeclaration,
  isIntersectionTypeNode,
  isLiteralTypeNode,
  isNamedTupleMember,
  isOptionalTypeNode,
  isParenthesizedTypeNode,
  isPropertySignatureDeclaration,
  isRestTypeNode,
  isTemplateLiteralTypeNode,
  isTupleTypeNode,
  isTypeLiteralNode,
  isTypeOperatorNode,
  isTypeReferenceNode,
  isUnionTypeNode,
  type Node,
  SyntaxKind,
  type TypeAliasDeclaration,
  type TypeNode,
  type TypeParameterDeclaration,
} from 'typescript/ast'

/** What a type that is written out depends on, beyond that the types it names are there. */
export interface Sight {
  /** The types whose properties it is made of: those it extends, crosses with others, picks from. */
  readonly inside: ReadonlySet<string>
  /** The generic types it gives arguments to. */
  readonly generics: ReadonlySet<string>
  /** The types it gives to each of them, which may be made of their properties or only hold them. */
  readonly given: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether that is all: it neither chooses by a type nor takes one apart, which may look into any depth. */
  readonly isClear: boolean
}

/** Generic types of the language that hold what they are given, and look at nothing of it. */
const holders: ReadonlySet<string> = new Set(
  (
    'Array ReadonlyArray Promise Record Map ReadonlyMap Set ReadonlySet Iterable AsyncIterable AsyncGenerator ' +
    'AsyncIterableIterator Generator'
  ).split(' '),
)

/** Those that are made of the properties of their first argument. */
const pickers: ReadonlySet<string> = new Set(['Omit', 'Partial', 'Pick', 'Readonly', 'Required'])

/** Whether a generic type of the language looks no deeper into what it is given than the properties of that. */
export function isShallow(name: string): boolean {
  return holders.has(name) || pickers.has(name)
}

/** Looks at what is written of one type. */
export class Looking implements Sight {
  readonly inside = new Set<string>()
  readonly generics = new Set<string>()
  readonly given = new Map<string, Set<string>>()
  isClear = true
  readonly #isOwn: (name: string) => boolean

  /** @param isOwn whether a name means something of the file, whatever it means to the language. */
  constructor(isOwn: (name: string) => boolean) {
    this.#isOwn = isOwn
  }

  /** Looks at a type; `isMade` where something is made of its properties. */
  at(node: TypeNode | undefined, isMade: boolean): void {
    if (!node) return
    if (isParenthesizedTypeNode(node)) this.at(node.type, isMade)
    else if (isTypeReferenceNode(node)) this.#atName(node.typeName, node.typeArguments, isMade)
    else if (isTypeLiteralNode(node)) this.members(node.members)
    else if (isUnionTypeNode(node)) for (const member of node.types) this.at(member, isMade)
    else if (isIntersectionTypeNode(node)) this.#atCrossing(node.types)
    else if (isArrayTypeNode(node)) this.at(node.elementType, false)
    else if (isTupleTypeNode(node)) for (const element of node.elements) this.at(element, false)
    else if (isNamedTupleMember(node) || isOptionalTypeNode(node)) this.at(node.type, false)
    else if (isRestTypeNode(node)) this.at(node.type, true)
    else if (isTemplateLiteralTypeNode(node)) for (const { type } of node.templateSpans) this.at(type, true)
    else if (isTypeOperatorNode(node) && node.operator === SyntaxKind.ReadonlyKeyword) this.at(node.type, isMade)
    else if (!isLiteralTypeNode(node) && !keywords.has(node.kind)) this.isClear = false
  }

  interface({ typeParameters, heritageClauses, members }: InterfaceDeclaration): void {
    this.parameters(typeParameters)
    for (const { types } of heritageClauses ?? []) {
      for (const type of types) {
        this.#atName(isTypeReferenceNode(type) ? type.typeName : type.expression, type.typeArguments, true)
      }
    }
    this.members(members)
  }

  alias({ typeParameters, type }: TypeAliasDeclaration): void {
    this.parameters(typeParameters)
    this.at(type, true)
  }

  parameters(parameters: readonly TypeParameterDeclaration[] = []): void {
    for (const { constraint, defaultType } of parameters) {
      this.at(constraint, true)
      this.at(defaultType, true)
    }
  }

  /** Methods and the like are no part of what can be on the wire. */
  members(members: readonly Node[]): void {
    for (const member of members) {
      if (isIndexSignatureDeclaration(member)) {
        for (const { type } of member.parameters) this.at(type, false)
        this.at(member.type, false)
      } else if (isPropertySignatureDeclaration(member)) {
        if (isComputedPropertyName(member.name)) this.isClear = false
        this.at(member.type, false)
      }
    }
  }

  /** Where two types have a property of one name, what it holds is crossed as well, and so on into any depth. */
  #atCrossing(members: readonly TypeNode[]): void {
    if (members.filter((member) => !isFlat(member)).length > 1) this.isClear = false
    for (const member of members) this.at(member, true)
  }

  #atName(node: Node, typeArguments: readonly TypeNode[] = [], isMade: boolean): void {
    if (!isIdentifier(node)) {
      this.isClear = false
      return
    }
    const name = node.text
    const isOwn = this.#isOwn(name)
    if (!isOwn && holders.has(name)) for (const argument of typeArguments) this.at(argument, false)
    else if (!isOwn && pickers.has(name))
      for (const [at, argument] of typeArguments.entries()) this.at(argument, at === 0)
    else {
      if (isMade) this.inside.add(name)
      if (typeArguments.length > 0) this.#give(name, typeArguments)
    }
  }

  #give(generic: string, typeArguments: readonly TypeNode[]): void {
    const [held, made] = [new Looking(this.#isOwn), new Looking(this.#isOwn)]
    for (const argument of typeArguments) {
      held.at(argument, false)
      made.at(argument, true)
    }
    const given = this.given.get(generic) ?? new Set()
    for (const name of made.inside) if (!held.inside.has(name)) given.add(name)
    for (const name of held.inside) this.inside.add(name)
    for (const [inner, some] of made.given) this.given.set(inner, new Set([...(this.given.get(inner) ?? []), ...some]))
    this.generics.add(generic)
    for (const name of made.generics) this.generics.add(name)
    this.given.set(generic, given)
    this.isClear &&= made.isClear
  }
}

/** Whether properties are written out that hold no objects. */
function isFlat(node: TypeNode): boolean {
  if (!isTypeLiteralNode(node)) return false
  return node.members.every((member) => {
    const type = isPropertySignatureDeclaration(member) ? member.type : undefined
    return type !== undefined && (isLiteralTypeNode(type) || keywords.has(type.kind))
  })
}

const keywords: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AnyKeyword,
  SyntaxKind.BigIntKeyword,
  SyntaxKind.BooleanKeyword,
  SyntaxKind.NeverKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.ObjectKeyword,
  SyntaxKind.StringKeyword,
  SyntaxKind.UndefinedKeyword,
  SyntaxKind.UnknownKeyword,
  SyntaxKind.VoidKeyword,
])
