create table attachments (
  id uuid primary key default gen_random_uuid(),
  todo_id uuid not null references todos on delete cascade,
  name text not null,
  type text not null,
  content bytea not null,
  created_at timestamptz(3) not null default clock_timestamp()
);
create index attachments_todo on attachments (todo_id, created_at);
