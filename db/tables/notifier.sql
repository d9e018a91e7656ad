create table incident.notifier (
    notifier text not null,
    version text not null,
    contacts text[] not null,
    started_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    constraint notifier_pkey primary key (notifier)
);
