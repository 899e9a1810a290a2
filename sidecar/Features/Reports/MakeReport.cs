using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Reports.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Reports;

/// <summary>
/// Makes a report for whoever asks, once for each time they ask: they read it in a direct message, with pictures and the
/// numbers, and can post it where they asked (MET-6). It is made after the answer, since a year of a large team takes
/// longer than Mattermost waits for one.
/// </summary>
internal sealed class MakeReport(
    Store store,
    ReportMaking making,
    RoleStore roles,
    WorkingTime team,
    TimeProvider clock
) : IErrand, IDisposable
{
    private const string About = "a report";

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly ConcurrentDictionary<UserId, bool> _asking = new();

    public static string Name => "report";

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Promises one.</summary>
    /// <param name="from">Who, and where.</param>
    /// <param name="wish">Of what.</param>
    /// <param name="here">Where it can be posted; null in a direct message.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Why not; null when it is on its way.</returns>
    public async Task<Refusal?> Order(
        Envelope from,
        ReportWish wish,
        NamedChannel? here,
        CancellationToken cancel
    )
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(from.Act)))[..20];
        while (true)
        {
            var read = await store.Find(ReportOrders.Kind, from.User.Value, cancel);
            var now = clock.GetUtcNow();
            var waiting = (read?.Value ?? new ReportOrders([])).At(now);
            if (
                waiting.Find(id) is not null
                || await store.Find(KeptReport.Kind, id, cancel) is not null
            )
            {
                return null;
            }

            if (waiting.Waiting.Length >= ReportOrders.Most)
            {
                return new TooManyReports(waiting.Waiting[0]);
            }

            var next = waiting.With(
                new ReportOrder(
                    id,
                    now,
                    wish.Span.First,
                    wish.Span.Last,
                    wish.Group,
                    here,
                    wish.IsPosted
                )
            );
            var change = Kept(new Change(now, from.User.Value), from.User, read, next)
                .Do(
                    new Effect.Errand(from.User, Name, id)
                    {
                        // Each by its days: that one could not be made is told of each.
                        About =
                            $"report {CalendarDay.Write(wish.Span.First)} to {CalendarDay.Write(wish.Span.Last)}",
                        OnBehalfOf = from.User,
                    }
                );
            if (await store.Commit(change, cancel))
            {
                return null;
            }
        }
    }

    /// <summary>The figures alone, for a program; that somebody has them is in the audit trail all the same (ALL-4).</summary>
    /// <param name="by">Who asks: they get what they may see.</param>
    /// <param name="wish">Of what.</param>
    /// <param name="cancel">Gives up: whoever hung up wants nothing any more.</param>
    /// <returns>Null while others are made for the same person: none of them waits in many places at once.</returns>
    public async Task<ImmutableArray<ReportFigure>?> Figures(
        UserId by,
        ReportWish wish,
        CancellationToken cancel
    )
    {
        if (!_asking.TryAdd(by, true))
        {
            return null;
        }

        try
        {
            var isOurs = await roles.Check(ReportRights.Ours, by, cancel) is null;
            await _oneAtATime.WaitAsync(cancel);
            try
            {
                var figures = await making.Make(wish.Span, wish.Group, isOurs, cancel);
                await store.Commit(
                    new Change(clock.GetUtcNow(), by.Value).Record(
                        ReportFact.Subject,
                        new ReportFact.ReportMade(by, wish.Span.First, wish.Span.Last),
                        ReportJson.Default.ReportFact
                    ),
                    CancellationToken.None
                );
                return figures;
            }
            finally
            {
                _oneAtATime.Release();
            }
        }
        finally
        {
            _asking.TryRemove(by, out _);
        }
    }

    /// <summary>What is answered to whoever asked for one.</summary>
    public static Markdown Promised(ReportWish wish, NamedChannel? here) =>
        Markdown.Of(
            $"I’m making the report {CalendarDay.Write(wish.Span.First)} to {CalendarDay.Write(wish.Span.Last)}: you get it by direct message, with tables, pictures and all numbers.{(wish.IsPosted && here is { } there ? Markdown.Of($" It is posted in {there}, too.") : Markdown.None)}"
        );

    /// <inheritdoc/>
    public async Task Run(ErrandCall call, CancellationToken cancel)
    {
        var by = call.For;
        if (
            (await store.Find(ReportOrders.Kind, by.Value, cancel))?.Value.Find(call.Argument)
            is not { } order
        )
        {
            // Either it was made before, and nobody had taken down that this is done, or it waited for too long.
            if (await store.Find(KeptReport.Kind, call.Argument, cancel) is null)
            {
                await store.Commit(
                    new Change(clock.GetUtcNow(), by.Value).Do(
                        new Effect.TellPerson(
                            by,
                            Markdown.Of(
                                $"A report that you asked for more than {(int)ReportOrders.WaitedFor.TotalHours} hours ago could not be made in time, and will not be made. {Markdown.Code($"/{SlashCommand.Trigger} report")} makes it again."
                            )
                        )
                        {
                            About = About,
                        }
                    ),
                    cancel
                );
            }

            return;
        }

        // What they may see is what they may see now.
        var refusal = await roles.Check(ReportRights.Read.AskedNow(), by, cancel);
        var report = refusal is null ? await Made(order, by, cancel) : null;
        while (
            await store.Find(ReportOrders.Kind, by.Value, cancel) is { } read
            && read.Value.Find(order.Id) is not null
        )
        {
            var change = Kept(
                new Change(clock.GetUtcNow(), by.Value),
                by,
                read,
                read.Value.Without(order.Id)
            );
            if (report is null)
            {
                change.Do(new Effect.TellPerson(by, refusal!.Sentence) { About = About });
            }
            else
            {
                await Add(change, report, order, cancel);
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    private async Task<KeptReport> Made(ReportOrder order, UserId by, CancellationToken cancel)
    {
        var isOurs = await roles.Check(ReportRights.Ours, by, cancel) is null;
        // One at a time: each reads all that there is.
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            return new KeptReport(
                order.Id,
                by,
                clock.GetUtcNow(),
                order.First,
                order.Last,
                await making.Make(
                    new ReportSpan(order.First, order.Last, team.Zone),
                    order.Group,
                    isOurs,
                    cancel
                )
            );
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static Change Kept(
        Change change,
        UserId by,
        Versioned<ReportOrders>? before,
        ReportOrders next
    ) =>
        (before, next.Waiting.IsEmpty) switch
        {
            (null, _) => change.Add(ReportOrders.Kind, by.Value, next),
            ({ } read, true) => change.Delete(ReportOrders.Kind, read),
            ({ } read, false) => change.Replace(ReportOrders.Kind, read, next),
        };

    /// <summary>What is posted in a channel: all of it among people of ours, elsewhere what everybody may see.</summary>
    public static Effect InChannel(KeptReport report, ChannelId channel, UserId by) =>
        new Effect.SendFiles(
            by,
            channel,
            ReportText.Tables(report, report.Figures),
            ReportFiles.Of(report, ReportAudience.Ours)
        )
        {
            About = About,
            OnBehalfOf = by,
            IsInternal = true,
            Outside = new OutsideVersion(
                ReportText.Tables(report, report.Figures.Where(f => f.For == ReportAudience.All)),
                null
            ),
            FilesOutside = ReportFiles.Of(report, ReportAudience.All),
        };

    /// <summary>That it was posted, and what was left out.</summary>
    public async ValueTask<Markdown> Posted(
        NamedChannel channel,
        KeptReport report,
        CancellationToken cancel
    ) =>
        report.Figures.All(f => f.For == ReportAudience.All)
        || await store.Find(InternalChannel.Kind, channel.Id.Value, cancel) is not null
            ? Markdown.Of($"It is posted in {channel}.")
            : Markdown.Of(
                $"It is posted in {channel} without what is for our own people only, since that channel is not marked as internal ({Markdown.Code($"/{SlashCommand.Trigger} internal mark here")})."
            );

    private async ValueTask Add(
        Change change,
        KeptReport report,
        ReportOrder order,
        CancellationToken cancel
    )
    {
        var by = report.For;
        change
            .Add(KeptReport.Kind, report.Id, report)
            .Due(ForgetReport.Kind, report.Id, report.At + KeptReport.KeptFor)
            .Record(
                ReportFact.Subject,
                new ReportFact.ReportMade(by, report.First, report.Last),
                ReportJson.Default.ReportFact
            )
            .Do(
                new Effect.SendFiles(
                    by,
                    Channel: null,
                    ReportText.Tables(report, report.Figures),
                    ReportFiles.Of(report, ReportAudience.Ours)
                )
                {
                    About = About,
                    OnBehalfOf = by,
                    IsInternal = report.Figures.Any(f => f.For == ReportAudience.Ours),
                }
            );
        if (order.Here is not { } channel)
        {
            return;
        }

        if (order.IsPosted)
        {
            await Post(change, report, channel, by, cancel);
            change.Do(
                new Effect.TellPerson(by, await Posted(channel, report, cancel)) { About = About }
            );
            return;
        }

        change.Do(
            new Effect.TellPerson(
                by,
                Markdown.Of($"Should others see this report, too?"),
                new Card(Markdown.Of($"Post it in {channel}"), Tone.Neutral)
                {
                    Text = Markdown.Of(
                        $"In a channel that is marked as internal all of it is posted, elsewhere only the figures of escalations by severity."
                    ),
                    Controls =
                    [
                        PostReport.Key.Button(
                            "Post to the channel",
                            new ReportRef(report.Id, channel.Id)
                        ),
                    ],
                }
            )
            {
                About = About,
            }
        );
    }

    /// <summary>Adds to a change that a report is posted; once in a channel.</summary>
    /// <returns>False when it stands there already.</returns>
    public async ValueTask<bool> Post(
        Change change,
        KeptReport report,
        NamedChannel channel,
        UserId by,
        CancellationToken cancel
    )
    {
        var act = $"report/{report.Id}/{channel.Id.Value}";
        if (await store.Find(IdempotencyRecord.Kind, act, cancel) is not null)
        {
            return false;
        }

        change
            .Add(IdempotencyRecord.Kind, act, new IdempotencyRecord(About, change.Now))
            .Record(
                ReportFact.Subject,
                new ReportFact.ReportPosted(by, report.First, report.Last, channel.Id),
                ReportJson.Default.ReportFact
            )
            .Do(InChannel(report, channel.Id, by));
        return true;
    }
}

internal sealed record TooManyReports(ReportOrder First)
    : Refusal(
        Markdown.Of(
            $"I’m still making {ReportOrders.Most} reports for you, the first of them {CalendarDay.Write(First.First)} to {CalendarDay.Write(First.Last)}. Ask again when it has come by direct message."
        )
    );

/// <summary>Nobody posts a report any more that is a month old.</summary>
internal sealed class ForgetReport(Store store) : IDueTask
{
    public static string Kind => "report.forget";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var read = await store.Find(KeptReport.Kind, call.Id, cancel);
        var change = new Change(call.Now, Kind).Due(Kind, call.Id, null);
        await store.Commit(read is null ? change : change.Delete(KeptReport.Kind, read), cancel);
    }
}
