"""What starts a run between two nights, and what tells people when one failed.

Both sensors are off until somebody turns them on in the Dagster UI. Does not belong here: how a notice is sent
(``pipelines.notify``).
"""

from pathlib import Path

import dagster as dg

from pipelines.defs.folders import Folders


@dg.sensor(job_name="load", minimum_interval_seconds=60, description="raw/ 有变动即运行 | runs when raw/ changed")
def raw_changes(context: dg.SensorEvaluationContext, folders: Folders) -> dg.SensorResult | dg.SkipReason:
    """Request a run once the raw folder differs from the last one requested for, and has not changed for one tick."""
    from pipelines.lake.files import listing

    raw = Path(folders.raw)
    if not raw.is_dir():
        return dg.SkipReason(f"there is no folder {raw}")
    seen, (last, _, requested) = listing(raw), (context.cursor or "|").partition("|")
    if seen == requested:
        return dg.SkipReason("nothing changed")
    if seen != last:
        return dg.SensorResult(skip_reason="files may still be arriving", cursor=f"{seen}|{requested}")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=seen)], cursor=f"{seen}|{seen}")


@dg.run_failure_sensor(description="运行失败即通知 | tells people that a run failed")
def failures(context: dg.RunFailureSensorContext) -> None:
    """Send a notice of a failed run."""
    from pipelines.notify import notify

    title = f"duizhang: {context.dagster_run.job_name} failed"
    for problem in notify(title, f"{context.dagster_run.run_id}\n{context.failure_event.message or ''}"):
        context.log.error(problem)
