export { type DocumentInfo, type DocumentSettings, printOpenApi } from './document.ts'
export { type JsonSchema, type References, type Side, toJsonSchema } from './json-schema.ts'
export { createKeptPieces } from './pieces.ts'
