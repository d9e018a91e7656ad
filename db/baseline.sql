-- The schema that a fresh install starts with, one file a type or table; included by migrate.sql, once. Frozen with the first
-- release: what changes afterwards is a migration.

\ir types/adoption_counts.sql
\ir types/failure.sql
\ir types/touch.sql

-- which database this is, and of which others it knows
\ir tables/own_site.sql
\ir tables/site.sql

-- who may insert what, and the metrics
\ir tables/agent_host.sql
\ir tables/system_metrics.sql
\ir tables/system_device_metrics.sql

-- what counts
\ir tables/policy.sql
\ir tables/policy_change.sql
\ir tables/recurring_maintenance.sql
\ir tables/maintenance.sql
\ir types/maintenance_line.sql
\ir tables/retention.sql
\ir tables/void_period.sql

-- history of devices and hosts
\ir tables/device.sql
\ir tables/device_state.sql
\ir tables/host.sql
\ir tables/host_condition.sql
\ir tables/outage.sql
\ir tables/retirement.sql
\ir tables/move.sql
\ir tables/system_state.sql

-- incidents
\ir tables/system_incident.sql
\ir tables/timeline.sql
\ir tables/operator_action.sql
\ir types/component_span.sql
\ir types/derived_incident.sql
\ir types/claim.sql
\ir types/verdict.sql
\ir types/refusal.sql
\ir types/board_line.sql

-- who is told
\ir types/incident_change.sql
\ir tables/contact.sql
\ir tables/rotation.sql
\ir tables/rotation_override.sql
\ir tables/escalation_step.sql
\ir tables/route.sql
\ir tables/message.sql
\ir tables/notification.sql
\ir tables/notifier.sql

-- the engine's own, and reports
\ir tables/all_hosts.sql
\ir tables/old_sample.sql
\ir tables/deployed_object.sql
\ir tables/error.sql
\ir tables/future_sample.sql
\ir tables/sweep_state.sql
\ir tables/sealed_report.sql
\ir tables/sealed_report_line.sql

-- an earlier monitoring
\ir tables/adoption.sql
\ir tables/quarantine.sql
\ir tables/adoption_duplicate.sql
\ir tables/adoption_dependent.sql
