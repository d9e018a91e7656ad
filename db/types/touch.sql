-- A span of a device's life whose samples must be folded (again).
create type incident_engine.touch as (
    host_name text,
    device_name text,
    capture_folder text,
    from_time timestamptz,
    to_time timestamptz
);
comment on type incident_engine.touch is 'A span of a device''s life, ends included, whose samples must be folded.';
