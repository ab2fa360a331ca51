import { memoryHub } from 'pikku/hub'
import { openDatabase } from '../src/database/index.ts'
import { post } from '../src/posting.ts'

/** Fills an empty database with a morning among colleagues. */
export async function furnish(address: string): Promise<void> {
  await using db = await openDatabase(address)
  await using hub = memoryHub()
  await db.query(`insert into rooms (id, name) values ('design', 'Design'), ('lunch', 'Lunch'), ('releases', 'Releases')`)
  const say = async (minutesAgo: number, author: string, text: string, file?: { name: string; type: string; size: number; content: Uint8Array }) => {
    const { id } = await post({ db, hub }, { id: crypto.randomUUID(), room: 'general', author, text, ...(file && { file }) })
    await db.query(`update messages set posted_at = now() - make_interval(mins => $2) where id = $1`, [id, minutesAgo])
  }
  await say(1502, 'Grace Hopper', 'The compiler is done. It found the bug in the compiler.')
  await say(1500, 'Katherine Johnson', 'I have checked it by hand. It is right.')
  await say(48, 'Ada Lovelace', 'Good morning! Who has an hour for the new engine today?')
  await say(46, 'Grace Hopper', 'I have. What is it about?')
  await say(45, 'Ada Lovelace', 'Two servers, one hub between them. We pull the plug of one while both of us go on writing.')
  await say(45, 'Ada Lovelace', 'Nobody should lose a word, and nobody should read one twice.')
  await say(44, 'Ada Lovelace', '', drawing)
  await say(31, 'Katherine Johnson', 'Then let me count the messages. The order is easy to check: https://example.com/order')
}

const svg = (seed: number) => Buffer.from(`seed ${seed}`)
const drawing = { name: 'two-servers.pdf', type: 'application/pdf', size: 184_320, content: svg(1) }
