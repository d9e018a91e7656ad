create or replace function incident_engine.before_incident_announcement()
returns trigger
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        -- What maintenance silences is found out for all new incidents at once, by withdraw_silenced.
        new.announced_at := case
            when new.status in ('open', 'in_progress') and new.part_of is null then coalesce(new.announced_at, now())
        end;
        return new;
    end if;
    if new.announced_at is distinct from old.announced_at then
        -- The engine's word is taken; for everybody else it stays as it is.
        if coalesce(current_setting('incident_engine.writer', true), '') = 'engine' then
            return new;
        end if;
        new.announced_at := old.announced_at;
    end if;
    -- Nobody can have been told of what this same transaction has brought, so it may still be taken back.
    if coalesce(old.announced_at = now(), true) then
        new.announced_at := case
            when
                new.status in ('open', 'in_progress')
                and (select s.silence from incident_engine.silenced_by(new, now()) as s) is null
                then now()
        end;
    end if;
    return new;
end
$$;

comment on function incident_engine.before_incident_announcement() is
'Row trigger on system_incident: announced_at is the first moment that an active incident could be told to anybody. Once the '
'transaction that set it is committed it stays.';

revoke all on function incident_engine.before_incident_announcement() from public;

-- Before keep_durations_and_transitions, which counts from it: triggers run in the order of their names.
create or replace trigger announce_incident
before insert on public.system_incident
for each row execute function incident_engine.before_incident_announcement();
create or replace trigger announce_changed_incident
before update on public.system_incident
for each row
when (
    old.announced_at is null or old.announced_at = now() or new.announced_at is distinct from old.announced_at
)
execute function incident_engine.before_incident_announcement();
