using System.Collections.Concurrent;
using System.Security.Cryptography;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Import;

/// <summary>
/// Carries out imports that were asked for in chat, a slice at a time, so that nothing else that is due waits long.
/// </summary>
internal sealed partial class RunImport(
    Store store,
    CustomerImport import,
    SharedPosts posts,
    IChat chat,
    PeopleDirectory people,
    RoleStore roles,
    TimeProvider clock,
    ILogger<RunImport> log
) : IDueTask
{
    private const int MostTries = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    // What was read of a file, so that it is not fetched for every slice. After a restart it is fetched again.
    private readonly ConcurrentDictionary<string, Opened> _open = new(StringComparer.Ordinal);

    public static string Kind => "customer.import";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        if (await store.Find(ImportJob.Kind, call.Id, cancel) is not { } job)
        {
            await store.Commit(Change(call.Now).Due(Kind, call.Id, null), cancel);
            return;
        }

        if (job.Value.IsFinished)
        {
            await SweepOut(job, call.Now, cancel);
            return;
        }

        // What they are may have changed since they asked, and since the slice before.
        if (await roles.Check(CustomerRights.Import, job.Value.By, cancel) is { } notAnyMore)
        {
            await Finish(job, job.Value, Stopped(job.Value, notAnyMore), cancel);
            _open.TryRemove(job.Id, out _);
            return;
        }

        if (!_open.ContainsKey(job.Id))
        {
            if (job.Value.Tries >= MostTries)
            {
                await Finish(job, job.Value, await Failed(job.Value, cancel), cancel);
                return;
            }

            // Counted before it is tried: even when the process ends with it, it is not begun again for ever.
            if (await Count(job, job.Value.Tries + 1, null, null, cancel) is not { } counted)
            {
                return;
            }

            job = counted;
        }

        try
        {
            await Continue(job, cancel);
        }
        catch (ChatException notNow)
            when (notNow.Problem
                    is ChatProblem.Busy
                        or ChatProblem.Uncertain
                        or ChatProblem.LockedOut
            )
        {
            // Mattermost will answer again, and only then can anybody be told anything.
            await Count(job, 0, null, null, cancel);
            throw;
        }
        catch (Exception fault) when (fault is ChatException || CustomerImport.IsOfRows(fault))
        {
            _open.TryRemove(job.Id, out _);
            var reference = RandomNumberGenerator.GetHexString(6, lowercase: true);
            Log.Failed(log, job.Id, reference, fault);
            await Count(job, null, reference, clock.GetUtcNow() + Rest, cancel);
        }
    }

    private async Task Continue(Versioned<ImportJob> job, CancellationToken cancel)
    {
        var (opened, refusal) = await Open(job.Value, cancel);
        if (opened is null)
        {
            await Finish(job, job.Value, refusal!, cancel);
            return;
        }

        if (await Go(job.Id, opened, cancel))
        {
            _open.TryRemove(job.Id, out _);
        }
    }

    /// <summary>Notes how often it was tried; null when another process has it.</summary>
    private async Task<Versioned<ImportJob>?> Count(
        Versioned<ImportJob> read,
        int? tries,
        string? fault,
        DateTimeOffset? again,
        CancellationToken cancel
    )
    {
        if (
            await store.Find(ImportJob.Kind, read.Id, cancel) is not { Value.IsFinished: false } job
        )
        {
            return null;
        }

        var change = Change(clock.GetUtcNow())
            .Replace(
                ImportJob.Kind,
                job,
                job.Value with
                {
                    Tries = tries ?? job.Value.Tries,
                    Fault = fault ?? job.Value.Fault,
                }
            );
        if (again is { } at)
        {
            change.Due(Kind, job.Id, at);
        }

        return await store.Commit(change, cancel)
            ? await store.Find(ImportJob.Kind, read.Id, cancel)
            : null;
    }

    /// <returns>Whether it is finished.</returns>
    private async Task<bool> Go(string id, Opened opened, CancellationToken cancel)
    {
        var since = clock.GetTimestamp();
        do
        {
            var job = (await store.Find(ImportJob.Kind, id, cancel))!;
            if (!job.Value.HasBegun)
            {
                await Begin(job, opened.File, cancel);
            }
            else if (job.Value.Taken >= opened.File.Groups.Count)
            {
                await Finish(
                    job,
                    job.Value,
                    await Summary(job.Value, cancel),
                    cancel,
                    await NoteTried(job.Value, cancel)
                );
                return true;
            }
            else
            {
                Refusal? notAnyMore = null;
                var mayArchive = CustomerRights.Archive.Allows(
                    await roles.Of(job.Value.By, cancel)
                );
                await import.Take(
                    [.. opened.File.Groups.Skip(job.Value.Taken).Take(CustomerImport.BatchSize)],
                    opened.Names,
                    new Importer(job.Value.By, job.Value.By, job.Value.MayArchive && mayArchive)
                    {
                        Told = opened.Told,
                    },
                    job.Value.IsDryRun,
                    (change, taken, reports) =>
                        Note(
                            change,
                            job,
                            job.Value with
                            {
                                Taken = job.Value.Taken + taken,
                                Tries = 0,
                                Fault = null,
                            },
                            reports
                        ),
                    cancel,
                    // Whatever was taken away while the batch was put together counts for it.
                    async change =>
                        (
                            notAnyMore = await roles.CheckWithin(
                                change,
                                CustomerRights.Import,
                                job.Value.By,
                                cancel
                            )
                        )
                            is null
                );
                if (notAnyMore is not null)
                {
                    await Finish(job, job.Value, Stopped(job.Value, notAnyMore), cancel);
                    return true;
                }
            }
        } while (clock.GetElapsedTime(since) < Slice);

        return false;
    }

    /// <summary>Reports the rows that could not be read at all.</summary>
    private async Task Begin(Versioned<ImportJob> job, CustomerFile file, CancellationToken cancel)
    {
        var change = Change(clock.GetUtcNow());
        Note(
            change,
            job,
            job.Value with
            {
                HasBegun = true,
                LeftOut = [.. file.LeftOut],
                OfOneName = [.. file.OfOneName.Take(ImportReport.Shown)],
            },
            ImportReport.Of(file.Refused)
        );
        await store.Commit(change, cancel);
    }

    private void Note(
        Change change,
        Versioned<ImportJob> read,
        ImportJob job,
        IReadOnlyList<RowReport> reports
    )
    {
        var page = new ImportPage(job.Id, job.Pages, [.. reports.Where(job.Names)]);
        if (!page.Rows.IsEmpty)
        {
            change.Add(ImportPage.Kind, page.Id, page);
            job = job with { Pages = job.Pages + 1 };
        }

        change
            .Replace(ImportJob.Kind, read, job.With(reports))
            .Due(Kind, job.Id, clock.GetUtcNow() + Breath);
    }

    private async ValueTask<(Opened? Opened, Effect? Refusal)> Open(
        ImportJob job,
        CancellationToken cancel
    )
    {
        if (_open.TryGetValue(job.Id, out var opened))
        {
            return (opened, null);
        }

        var shared = await posts.FindFile(
            job.Link,
            job.By,
            ImportCustomers.Ending,
            CustomerFile.LargestFile,
            cancel
        );
        if (shared.Found is not { } found)
        {
            return (null, Tell(job, Markdown.Of($"Nothing was imported. {shared.Why!.Sentence}")));
        }

        using var content = new MemoryStream();
        await chat.Download(found.Id, content, CustomerFile.LargestFile, cancel);
        content.Position = 0;
        var file = await CustomerFile.Read(content, job.Today, people, cancel);
        if (file.IsRefused)
        {
            return (null, Tell(job, ImportReport.OfRefusedFile(found.Name, file.Refused)));
        }

        if (file.Fault is var (line, why))
        {
            Log.FailedAtRow(log, job.Id, line, why);
        }

        return (
            _open[job.Id] = new Opened(file, FileNames.Of(file), await Told(job, cancel)),
            null
        );
    }

    /// <summary>What they were told that the rows would do; null when they were told nothing, or it is forgotten.</summary>
    private async ValueTask<IReadOnlyDictionary<int, RowReport>?> Told(
        ImportJob job,
        CancellationToken cancel
    ) =>
        job.Tried is { } tried
        && await store.Find(ImportJob.Kind, tried, cancel) is { Value.IsFinished: true }
            ? (await ImportReport.Read(store, tried, int.MaxValue, cancel))
                .GroupBy(row => row.Line)
                .ToDictionary(line => line.Key, line => line.Last())
            : null;

    /// <summary>What is told when it got no further, however often it was tried: how far it came, and where it stopped.</summary>
    private async ValueTask<Effect> Failed(ImportJob job, CancellationToken cancel)
    {
        var rows = await ImportReport.Read(store, job.Id, ImportReport.Shown + 1, cancel);
        return Tell(job, ImportReport.OfFailure(job, rows));
    }

    private async ValueTask<Effect> Summary(ImportJob job, CancellationToken cancel)
    {
        var rows = await ImportReport.Read(store, job.Id, ImportReport.Shown + 1, cancel);
        var text = ImportReport.Summary(job, rows);
        return rows.Count <= ImportReport.Shown
            ? Tell(job, text)
            : new Effect.SendFile(
                job.By,
                text,
                $"customers-import-{CalendarDay.Write(job.Today)}.csv",
                ImportReport.Name,
                job.Id
            )
            {
                About = "an import of customers",
                OnBehalfOf = job.By,
                Otherwise = Markdown.Of(
                    $"The lines above are the first; fix them and import again."
                ),
            };
    }

    private async Task Finish(
        Versioned<ImportJob> read,
        ImportJob job,
        Effect told,
        CancellationToken cancel,
        Action<Change>? also = null
    )
    {
        var now = clock.GetUtcNow();
        var change = Change(now);
        also?.Invoke(change);
        await store.Commit(
            change
                .Replace(ImportJob.Kind, read, job with { IsFinished = true })
                .Do(told)
                .Due(Kind, job.Id, now + KeptFor),
            cancel
        );
    }

    /// <summary>Notes that somebody is told what a file would do.</summary>
    private async ValueTask<Action<Change>?> NoteTried(ImportJob job, CancellationToken cancel)
    {
        if (!job.IsDryRun)
        {
            return null;
        }

        var id = TriedFile.IdOf(job.By, job.Link);
        var (tried, before) = (new TriedFile(job.Id), await store.Find(TriedFile.Kind, id, cancel));
        return change =>
            _ = before is null
                ? change.Add(TriedFile.Kind, id, tried)
                : change.Replace(TriedFile.Kind, before, tried);
    }

    /// <summary>Forgets an import when nobody will ask for its report any more.</summary>
    private async Task SweepOut(
        Versioned<ImportJob> job,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        const int AtOnce = 200;
        var pages = await store.List(
            ImportPage.Kind,
            ImportPage.ByJob,
            IndexKey.Empty.Then(job.Id),
            null,
            AtOnce,
            cancel
        );
        var change = Change(now);
        foreach (var page in pages.Items)
        {
            change.Delete(ImportPage.Kind, page);
        }

        if (pages.Next is null)
        {
            change.Delete(ImportJob.Kind, job).Due(Kind, job.Id, null);
            if (
                await store.Find(
                    TriedFile.Kind,
                    TriedFile.IdOf(job.Value.By, job.Value.Link),
                    cancel
                )
                    is { } tried
                && tried.Value.Job == job.Id
            )
            {
                change.Delete(TriedFile.Kind, tried);
            }
        }
        else
        {
            change.Due(Kind, job.Id, now + Breath);
        }

        await store.Commit(change, cancel);
    }

    private static Effect.TellPerson Stopped(ImportJob job, Refusal why) =>
        Tell(
            job,
            job.Rows == 0
                ? Markdown.Of($"Nothing was imported. {why.Sentence}")
                : Markdown.Of(
                    $"The import was stopped after {job.Rows} rows; what was taken before stays. {why.Sentence}"
                )
        );

    private static Effect.TellPerson Tell(ImportJob job, Markdown text) =>
        new Effect.TellPerson(job.By, text) { About = "an import of customers" };

    private static Change Change(DateTimeOffset now) => new(now, nameof(RunImport));

    /// <summary>A file that is being taken.</summary>
    private sealed record Opened(
        CustomerFile File,
        FileNames Names,
        IReadOnlyDictionary<int, RowReport>? Told
    );

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Import {Id} failed (ref {Reference})")]
        public static partial void Failed(
            ILogger logger,
            string id,
            string reference,
            Exception fault
        );

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Import {Id} could not read line {Line}, which was left out; others like it are not logged"
        )]
        public static partial void FailedAtRow(
            ILogger logger,
            string id,
            int line,
            Exception fault
        );
    }
}
