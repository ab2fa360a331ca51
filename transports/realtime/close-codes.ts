/** Why a socket is closed (RFC 6455, section 7.4, and docs/protocol.md). */
export const closeCodes = {
  tooLarge: 1009,
  restarting: 1012,
  silent: 4000,
  violation: 4002,
  slow: 4008,
  flood: 4029,
  unauthenticated: 4401,
} as const
