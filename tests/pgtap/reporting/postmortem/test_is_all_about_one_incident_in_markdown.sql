select plan(4);

select test.send('active stuck stopped stopped active', '10:00');
select test.send('active stuck active', '10:01', 'Device 2');
select test.send_host('20 30 90 95 25', '10:00');
select test.send('active stuck active', '09:00', 'Device 1');
select incident.comment(1, e'on it | <b>now</b>\nyes', 'ana', test.at('10:02'));
select incident.close(1, 'new hub', 'hub lost power', 'ben', test.at('10:30'));
select test.announce('10:01');

select is(
    -- When it was told is when the test ran.
    regexp_replace(incident.postmortem(1, '5 minutes'), '[-0-9]+ [0-9:]+( . opened)', 'TIME\1'),
    $markdown$# Incident 1: ffmpeg stopped on host-1, Device 1 (folder of Device 1)

Times are UTC.

|  |  |
| --- | --- |
| Severity | critical |
| Status | closed |
| Host | host-1 |
| Device | Device 1 (folder of Device 1) |
| Detected | 2026-03-02 10:01 |
| Could be told | 2026-03-02 10:01 |
| Resolved | 2026-03-02 10:04, after 3 min |
| Closed | 2026-03-02 10:30 by ben |

## Root cause

hub lost power

## Resolution

new hub

## What happened

| When | Who | What | Note |
| --- | --- | --- | --- |
| 2026-03-02 10:01 | engine | detected |  |
| 2026-03-02 10:02 | engine | severity changed, high -> critical |  |
| 2026-03-02 10:02 | ana | commented | on it \| \<b>now\</b> yes |
| 2026-03-02 10:04 | engine | resolved |  |
| 2026-03-02 10:30 | ben | closed | new hub |

## States of the device and its host (2026-03-02 09:56 to 2026-03-02 10:09)

| From | To | State | Reason |
| --- | --- | --- | --- |
| 2026-03-02 09:03 | 2026-03-02 10:00 | ffmpeg no_data, monitor no_data |  |
| 2026-03-02 09:03 | 2026-03-02 10:00 | device new |  |
| 2026-03-02 09:03 | 2026-03-02 10:00 | host new |  |
| 2026-03-02 10:00 | 2026-03-02 10:01 | ffmpeg active, monitor active |  |
| 2026-03-02 10:00 | 2026-03-02 10:05 | device reporting |  |
| 2026-03-02 10:00 | 2026-03-02 10:05 | host reporting |  |
| 2026-03-02 10:01 | 2026-03-02 10:02 | ffmpeg stuck, monitor active |  |
| 2026-03-02 10:02 | 2026-03-02 10:04 | ffmpeg stopped, monitor active |  |
| 2026-03-02 10:04 | 2026-03-02 10:05 | ffmpeg active, monitor active |  |
| 2026-03-02 10:05 | still | ffmpeg no_data, monitor no_data |  |
| 2026-03-02 10:05 | still | device unreachable |  |
| 2026-03-02 10:05 | still | host silent | silent |

## Load of the host (2026-03-02 09:56 to 2026-03-02 10:09)

| Host | Rows | CPU % | Memory % | Disk % | Temperature C | Load 1 min |
| --- | --- | --- | --- | --- | --- | --- |
| before | 1 | 20.0, at most 20.0 | 0.0, at most 0.0 | 0.0 |  |  |
| during | 3 | 71.7, at most 95.0 | 0.0, at most 0.0 | 0.0 |  |  |
| after | 1 | 25.0, at most 25.0 | 0.0, at most 0.0 | 0.0 |  |  |

## Who was told

| When | What | Whom | How it went |
| --- | --- | --- | --- |
| TIME | opened | nobody | suppressed: over before anybody could be told |

## Related incidents

| Incident | Detected | What | How related | Root cause |
| --- | --- | --- | --- | --- |
| 3 | 2026-03-02 09:01 | ffmpeg stuck on host-1, Device 1 (folder of Device 1) | same device, the 30 days before |  |
| 2 | 2026-03-02 10:02 | ffmpeg stuck on host-1, Device 2 (folder of Device 2) | same host, same time |  |$markdown$,
    'facts, cause, timeline, states, load, who was told, related incidents'
);

select throws_ok('select incident.postmortem(99)', 'IN002', 'there is no incident 99');
select throws_ok('select incident.postmortem(null)', 'IN002', 'there is no incident null');
select throws_ok(
    $$ select incident.postmortem(1, '-1 min') $$, '22023', 'around must be between 0 and 7 days, but is -00:01:00'
);

select * from finish();
