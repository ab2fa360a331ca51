import { memoryHub } from 'pikku/hub'
import { openDatabase } from '../src/database/index.ts'
import { post } from '../src/posting.ts'

/** Fills an empty database with a morning among colleagues. */
export async function furnish(address: string): Promise<void> {
  await using db = await openDatabase(address)
  await using hub = memoryHub()
  await db.query(
    `insert into rooms (id, name) values ('design', 'Design'), ('lunch', 'Lunch'), ('releases', 'Releases')`,
  )
  const say = async (minutesAgo: number, author: string, text: string) => {
    const { id } = await post({ db, hub }, { id: crypto.randomUUID(), room: 'general', author, text })
    await db.query(`update messages set posted_at = now() - make_interval(mins => $2) where id = $1`, [id, minutesAgo])
  }
  await say(1502, 'Grace Hopper', 'The compiler is done. It found the bug in the compiler.')
  await say(1500, 'Katherine Johnson', 'I have checked it by hand. It is right.')
  await say(12, 'Ada Lovelace', 'Good morning! Who has an hour for the new engine?')
  await say(10, 'Grace Hopper', 'I have. What is it about?')
  await say(
    1,
    'Ada Lovelace',
    'Two servers, one hub between them. We pull the plug of one while all of us go on writing:',
  )
}

/** Says something with nobody there to hear it. */
export async function elsewhere(address: string, room: string, text: string): Promise<void> {
  await using db = await openDatabase(address)
  await using hub = memoryHub()
  await post({ db, hub }, { id: crypto.randomUUID(), room, author: 'Katherine', text })
}

/** Two servers and what joins them, as a page. */
export const drawing = `<!doctype html><style>
  body { margin: 0; height: 100vh; display: grid; place-items: center; background: linear-gradient(120deg, #0b7a6b, #155e75) }
  svg { width: 100%; font: 600 26px system-ui, sans-serif; fill: #fff; text-anchor: middle }
</style>
<svg viewBox="0 0 720 360" fill="none">
  <g stroke="#fff" stroke-width="4" fill="none">
    <path d="M210 110h110M400 110h110" stroke-dasharray="2 12" stroke-linecap="round" />
    <rect x="70" y="60" width="140" height="100" rx="18" fill="#ffffff22" />
    <circle cx="360" cy="110" r="40" fill="#ffffff33" />
    <rect x="510" y="60" width="140" height="100" rx="18" fill="#ffffff22" />
    <path d="M140 160v60M580 160v60" />
    <rect x="80" y="220" width="120" height="80" rx="40" fill="#ffffff22" />
    <rect x="520" y="220" width="120" height="80" rx="40" fill="#ffffff22" />
  </g>
  <text x="140" y="119">one</text><text x="360" y="119">hub</text><text x="580" y="119">two</text>
  <text x="140" y="269">Ada</text><text x="580" y="269">Grace</text>
</svg>`
