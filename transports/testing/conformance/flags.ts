/** What some runtime cannot do, for reasons of its own. A behaviour that needs one of these is left out there. */
export const flags = {
  abandonedUploads: 'notices that a caller has gone away who was still sending',
  addresses: 'knows the network address of who calls',
  binaryFrames: 'carries files over its sockets',
  brokenEscapes: 'is handed paths with escapes that mean nothing',
  closeCodes: 'closes sockets with codes of its own',
  compression: 'compresses answers itself',
  departures: 'notices by the next part of an answer that its caller has gone away',
  disconnects: 'notices at once that a caller has gone away',
  duplex: 'sends long streams, and bodies back while they arrive, each time',
  earlyRefusal: 'answers before the whole body has arrived',
  fallback: 'carries what goes over sockets by plain requests, where sockets are blocked',
  greetings: 'says that a socket is ready before its client has said anything',
  headerBytes: 'is handed headers that are not ASCII as they are',
  heardRefusals: 'tells a sender who goes on writing that he is refused',
  lengths: 'sends the length of an answer where the app knows it',
  longHeads: 'takes addresses and headers of 4 KiB and more',
  oneProcess: 'has a socket in one process, which sees floods, ids used twice, slow readers and departures',
  order: 'runs the messages of a channel one after the other, in their order',
  pipelining: 'answers requests that were sent at once, in their order',
  proxies: 'takes the word of no proxy by itself',
  rawTargets: 'is handed request targets that are no addresses',
  refusalBodies: 'says in its answer to a handshake why it was refused',
  sockets: 'carries sockets',
  socketStreams: 'carries streams over its sockets',
  streaming: 'sends the parts of an answer as they are made',
} as const satisfies Record<string, string>

/** The name of something that a runtime may be unable to do. */
export type Flag = keyof typeof flags
