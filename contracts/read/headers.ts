import type { Complain } from './constraints.ts'
import type { Comment } from './notes.ts'

/** The header that a property of an input comes from, as its comment says: `@header if-match`. */
export function headerIn({ tags }: Comment, complain: Complain): string | undefined {
  const tag = tags.find(({ name }) => name === 'header')
  if (!tag) return undefined
  const name = tag.text.toLowerCase()
  if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name)) {
    complain('PK1202', tag, '@header takes the name of a header, such as if-match.')
  } else if (reserved.test(name)) {
    const why = 'is not for functions: browsers or the transport write and read it themselves'
    complain('PK1202', tag, `The header ${name} ${why}. Take what you need of it from \`request\` of the call.`)
  } else return name
  return undefined
}

/** Headers that pages cannot set (the fetch standard), that say who calls or what is sent, or that Pikku reads itself. */
const reserved =
  /^(?:accept(?:-charset|-encoding)?|access-control-.*|authorization|connection|content-.*|cookie2?|date|dnt|expect|forwarded|host|idempotency-key|keep-alive|last-event-id|origin|proxy-.*|referer|sec-.*|set-cookie2?|te|trailer|transfer-encoding|upgrade|via|x-forwarded-.*|x-http-method(?:-override)?|x-method-override|x-real-ip|x-request-id)$/
