create or replace function incident_engine.overtaken_by(
    kind text, status text, retracted_at timestamptz, acknowledged_by text
)
returns text
language sql
immutable
return case
    when kind in ('acknowledged', 'resolved', 'retracted') then null
    when retracted_at is not null then 'retracted before it was told'
    when status not in ('open', 'in_progress') then 'over before it was told'
    when
        status = 'in_progress' and kind in ('opened', 'unacknowledged')
        then 'acknowledged in time by ' || acknowledged_by
end;

comment on function incident_engine.overtaken_by(text, text, timestamptz, text) is
'Why a notification of this kind need not go out any more, as the incident is now; null when it still must.';

revoke all on function incident_engine.overtaken_by(text, text, timestamptz, text) from public;
