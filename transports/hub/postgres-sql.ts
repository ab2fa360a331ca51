/** The statements of a hub whose tables begin with `prefix`. */
export function toStatements(prefix: string) {
  const topics = `${prefix}_topics`
  const entries = `${prefix}_entries`
  const nodes = `${prefix}_nodes`
  const lists = `${prefix}_lists`
  return {
    /** Makes the tables. Unlogged: after a crash of the database they are empty, and everybody is told so. */
    migrate: `do $$ begin
      perform pg_advisory_xact_lock(7045003);
      create unlogged table if not exists ${topics} (
        topic text primary key, epoch text not null, last bigint not null, used_at timestamptz not null);
      create unlogged table if not exists ${entries} (
        topic text, number bigint, body text not null, primary key (topic, number));
      create unlogged table if not exists ${nodes} (node text primary key, until timestamptz not null);
      create unlogged table if not exists ${lists} (
        topic text, node text, members text not null, primary key (topic, node));
    end $$`,

    /**
     * Topic, epoch if it is new, texts, most entries; channel, and the parts of notifications with the places of their
     * texts. The row of the topic is locked until the commit, so numbers grow in the order of commits, without gaps.
     * What is not there after a crash need not be waited for until it is on disk.
     */
    publish: `with topic as (
        insert into ${topics} as known (topic, epoch, last, used_at)
        values ($1, $2, cardinality($3::text[]), now())
        on conflict (topic) do update set last = known.last + excluded.last, used_at = now()
        returning epoch, last, last - cardinality($3::text[]) as before
      ), added as (
        insert into ${entries} (topic, number, body)
        select $1, before + place, body from topic, unnest($3::text[]) with ordinality as given (body, place)
      ), trimmed as (
        delete from ${entries} where topic = $1 and number <= (select last from topic) - $4::bigint
      )
      select set_config('synchronous_commit', 'off', true), pg_notify($5, $1 || ' ' || epoch || '-' || (before + place) || ' ' || part)
      from topic, unnest($6::int[], $7::text[]) with ordinality as parts (place, part, at) order by at`,

    /** Channel, notifications. */
    notify: `select set_config('synchronous_commit', 'off', true), pg_notify($1, part)
      from unnest($2::text[]) with ordinality as parts (part, at) order by at`,

    /** Topic, epoch and number of an entry: where the topic is, where its history begins, and what followed. */
    read: `select topic.epoch, topic.last::text, entry.number::text, entry.body,
        (select min(number)::text from ${entries} where topic = $1) as first
      from ${topics} as topic
      left join ${entries} as entry
        on entry.topic = topic.topic and topic.epoch = $2 and entry.number > $3::bigint
      where topic.topic = $1 order by entry.number`,

    /** Topic, epoch. */
    begin: `insert into ${topics} values ($1, $2, 0, now()) on conflict do nothing`,

    /** Topics. Those that are locked are in use anyway. */
    touch: `update ${topics} set used_at = now() where topic in (
      select topic from ${topics} where topic = any($1::text[]) for update skip locked)`,

    /** Seconds. */
    forget: `with old as (
        select topic from ${topics} where used_at < now() - $1::float8 * interval '1 second' for update skip locked
      ), gone as (
        delete from ${topics} where topic in (select topic from old)
      )
      delete from ${entries} where topic in (select topic from old)`,

    /** Node, topic, list. */
    put: `insert into ${lists} (node, topic, members) values ($1, $2, $3)
      on conflict (topic, node) do update set members = excluded.members`,

    /** Node, topic. */
    take: `delete from ${lists} where node = $1 and topic = $2`,

    /** Topic. */
    lists: `select members from ${lists} join ${nodes} using (node) where topic = $1 and until >= now()`,

    /** Node, seconds: those that are alive, and whether this one was. The lists of others that are not go. */
    renew: `with dead as (
        select node from ${nodes} where until < now() and node <> $1 for update skip locked
      ), gone as (
        delete from ${nodes} where node in (select node from dead)
      ), taken as (
        delete from ${lists} where node in (select node from dead)
      ), own as (
        insert into ${nodes} values ($1, now() + $2::float8 * interval '1 second')
        on conflict (node) do update set until = excluded.until
      )
      select node from ${nodes} where until >= now()`,
  }
}
