import { sealed } from 'pikku/sealed'

/** Who calls. A name is all there is to it: whoever asks for one has it. */
export interface Session {
  name: string
}

const { COOKIE_SECRET = 'only for this machine: 32 characters at least' } = process.env

/** The session itself, sealed into a cookie that every server with the same secret opens. */
export const cookie = sealed<Session>({ secrets: [COOKIE_SECRET] })
