/** Every mistake that the reader finds by itself, by its stable code. `docs/errors.md` explains each one. */
export const codes = {
  PK1001: 'The app cannot be found',
  PK1002: 'This cannot be wired',
  PK1003: 'This route cannot be served',
  PK1004: 'This session source cannot be read',
  PK1005: 'This error class cannot be read',
  PK1006: 'Two operations have the same name',
  PK1101: 'The type is `any`',
  PK1102: 'The type is unknown to the compiler',
  PK1103: 'A function is not data',
  PK1104: 'A symbol is not data',
  PK1105: '`object` says nothing about its properties',
  PK1106: 'A promise is not data',
  PK1107: '`undefined` cannot stand here on the wire',
  PK1108: 'The type depends on a type parameter',
  PK1109: 'This class of the platform has no form on the wire',
  PK1110: 'A value from the wire is no instance of a class',
  PK1111: 'This property name cannot be used',
  PK1112: 'This index signature cannot be written as a contract',
  PK1113: 'This intersection cannot be written as a contract',
  PK1114: 'This tuple cannot be written as a contract',
  PK1115: 'The type expands without end',
  PK1116: 'This number is not JSON',
  PK1117: 'The enum has members whose values are not known',
  PK1118: 'This type cannot be written as a contract',
  PK1201: 'The tag does not fit the type it stands on',
  PK1202: 'The text of the tag cannot be read',
  PK1203: 'The tag is unknown',
} as const

/** `PK1101` and its like. */
export type Code = keyof typeof codes
