-- Included by migrate.sql when the new tables are there, with the incidents of the old: makes anew what depended on the old ones,
-- in the order in which they need each other, and writes down what became of each.

do $$
declare
    part record;
    problem text;
begin
    for part in select d.* from pg_temp.dependent as d order by d.position loop
        problem := null;
        if part.outcome = 'kept' then
            begin
                execute part.statement;
            exception
                -- Whatever it is, the old monitoring's view must not stop the new one.
                when others then problem := sqlerrm;
            end;
        end if;
        if problem is not null and part.kind = 'view' then
            -- Its columns have other types now. What needs it comes after it, all of it.
            begin
                execute format('drop view %s%s', part.name, case
                    when not exists (
                        select from pg_temp.dependent as d
                        where d.position > part.position and d.kind like '%view' and d.outcome = 'by hand'
                    ) then ' cascade'
                end);
                execute part.statement;
                problem := null;
            exception
                when others then problem := sqlerrm;
            end;
        end if;
        insert into incident_engine.adoption_dependent (kind, name, outcome, advice)
        values (
            part.kind, part.name, case when problem is null then part.outcome else 'by hand' end,
            case
                when problem is not null then format('%s (%s)', part.advice, problem)
                when part.outcome = 'by hand' then part.advice
            end
        );
    end loop;
end
$$;
