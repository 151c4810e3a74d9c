"""`tollwire publish`: how far it is, and what was refused."""

from collections.abc import Sequence

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from agents.screen.terminal import err, refusals
from streams.inlets.publish import publish
from streams.settings import Settings


def publishing(settings: Settings, paths: Sequence[str], **options: object) -> int:
    """A bar with the rate, then what was refused and why."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("publishing", total=None)

        def progress(published: int, refused: int) -> None:
            seconds = bar.tasks[task].elapsed or 1e-9
            bar.update(
                task, description=f"{published:,} published, {refused:,} refused, {published / seconds:,.0f} a second"
            )

        report = publish(paths, settings, progress=progress, **options)
    code = refusals(report.refusals)
    if report.refused > len(report.refusals):
        err.print(f"… and {report.refused - len(report.refusals):,} more refused")
    rate = report.published / max(report.seconds, 1e-9)
    err.print(
        f"{report.published:,} published in {report.seconds:.1f} s ({rate:,.0f} a second), {report.refused:,} refused"
    )
    if report.failure:
        where = f"from {report.undelivered.file}:{report.undelivered.line} on" if report.undelivered else "at once"
        err.print(f"not delivered {where}: {report.failure}; publishing again is safe")
        return 1
    return code
