-- What can be asked besides the two tables as they stand.

-- A target beside what the report of the year after printed for its year, first reported; in no
-- order, which a question says itself.
create view pairs as
select
    target.area, target.area_code_now, target.level, target.period as year, target.indicator,
    target.report as target_report, outcome.report as outcome_report,
    target.value as target_value, target.value_high as target_value_high,
    target.qualifier as target_qualifier, target.hedge as target_hedge, target.stretch_value,
    outcome.value as outcome_value, outcome.low as outcome_low, outcome.high as outcome_high,
    outcome.qualifier as outcome_qualifier, target.unit,
    target.as_printed as target_printed, outcome.as_printed as outcome_printed,
    greatest(target.certainty, outcome.certainty) as certainty
from headline as target
join headline as outcome
    on outcome.area_code_now = target.area_code_now
    and outcome.indicator = target.indicator
    and outcome.period = target.period
where target.kind = 'target' and target.status = 'found'
    and outcome.kind = 'actual' and outcome.status = 'found';
