using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sidecar.Chat;
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
/// numbers, and can post it where they asked (MET-6).
/// </summary>
internal sealed class MakeReport(
    Store store,
    ReportMaking making,
    RoleStore roles,
    TimeProvider clock
) : IDisposable
{
    private const string About = "a report";

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly ConcurrentDictionary<UserId, bool> _asking = new();

    public void Dispose() => _oneAtATime.Dispose();

    /// <param name="from">Who, and where.</param>
    /// <param name="wish">Of what.</param>
    /// <param name="here">Where it can be posted; null in a direct message.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What it says in short, for that person alone.</returns>
    public async Task<Markdown> For(
        Envelope from,
        ReportWish wish,
        NamedChannel? here,
        CancellationToken cancel
    )
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(from.Act)))[..20];
        var report = (await store.Find(KeptReport.Kind, id, cancel))?.Value;
        if (report is null)
        {
            var isOurs = await roles.Check(ReportRights.Ours, from.User, cancel) is null;
            // One at a time: each reads all that there is. Whoever hung up has asked for it all the same, and it comes
            // by direct message.
            await _oneAtATime.WaitAsync(cancel);
            try
            {
                report = new KeptReport(
                    id,
                    from.User,
                    clock.GetUtcNow(),
                    wish.Span.First,
                    wish.Span.Last,
                    await making.Make(wish.Span, wish.Group, isOurs, CancellationToken.None)
                );
                // When the same act was delivered twice at once one commit loses, and the other says the same.
                await store.Commit(
                    await Change(report, wish, here, CancellationToken.None),
                    CancellationToken.None
                );
            }
            finally
            {
                _oneAtATime.Release();
            }
        }

        var posted =
            wish.IsPosted && here is { } there
                ? await Posted(there, report, cancel)
                : Markdown.None;
        return Markdown.Lines([
            Markdown.Of(
                $"**Report {CalendarDay.Write(report.First)} to {CalendarDay.Write(report.Last)}**"
            ),
            .. report
                .Figures.Where(f => f.Words.Length > 0)
                .Select(f => Markdown.Of($"- **{f.Title}**: {f.Words}")),
            Markdown.Of(
                $"Tables, pictures and all numbers are in my direct message to you.{posted}"
            ),
        ]);
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
            ? Markdown.Of($" It is posted in {channel}.")
            : Markdown.Of(
                $" It is posted in {channel} without what is for people of ours alone, since that channel is not marked as internal ({Markdown.Code($"/{SlashCommand.Trigger} internal mark here")})."
            );

    private async ValueTask<Change> Change(
        KeptReport report,
        ReportWish wish,
        NamedChannel? here,
        CancellationToken cancel
    )
    {
        var by = report.For;
        var change = new Change(report.At, by.Value)
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
        if (here is not { } channel)
        {
            return change;
        }

        if (wish.IsPosted)
        {
            await Post(change, report, channel, by, cancel);
            return change;
        }

        return change.Do(
            new Effect.TellPerson(
                by,
                Markdown.Of($"Shall others see this report, too?"),
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
