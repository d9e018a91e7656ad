-- Inlined into the board: no pinned search_path, its body is bound when it is created.
create or replace function incident_engine.place(host_name text, device_name text, capture_folder text)
returns text
language sql
immutable
return case
    when coalesce(capture_folder, 'host') = 'host' then incident_engine.shortened(host_name, 22)
    else
        incident_engine.shortened(host_name, greatest(9, 20 - length(device_name))) || ', '
        || incident_engine.shortened(device_name, greatest(11, 20 - length(host_name)))
end;

comment on function incident_engine.place(text, text, text) is
'Host and device in at most 22 characters; the host alone when it is about the host.';

revoke all on function incident_engine.place(text, text, text) from public;
grant execute on function incident_engine.place(text, text, text) to incident_viewer;
