create table lists (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users on delete cascade,
  name text not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  unique (id, user_id)
);
create index lists_user on lists (user_id, created_at);

-- Milliseconds, as in a JavaScript Date, so that a date that went to the browser and back is still the same.
create table todos (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,
  list_id uuid not null,
  title text not null,
  notes text not null default '',
  due timestamptz(3),
  done_at timestamptz(3),
  created_at timestamptz(3) not null default clock_timestamp(),
  -- Both columns: no todo can stand in a list of somebody else.
  foreign key (list_id, user_id) references lists (id, user_id) on delete cascade
);
create index todos_added on todos (user_id, created_at desc, id desc);
create index todos_due on todos (user_id, (coalesce(due, 'infinity')), id);
create index todos_list on todos (list_id);
