using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Reports.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Reports;

/// <summary><c>/escalate report</c>: figures of some days; alone it asks which.</summary>
internal sealed class ShowReport(MakeReport reports, WorkingTime team, TimeProvider clock)
    : ISlashCommand,
        IDialog<ReportChoice>
{
    private const string Period = "period";
    private const string From = "from";
    private const string To = "to";
    private const string By = "by";
    private const string Where = "where";
    private const string Chosen = "days";
    private const string Here = "here";

    private static readonly Parameter<string> Days = Arguments
        .Rest("days", $"Of which days? For them {ReportReading.Examples}.")
        .OrNothing() with
    {
        Usage =
            "[week, month, last month, quarter, <from> <to>] [customer, engineer, severity] [here]",
        Words = Parameter.Of("week", "month", "quarter"),
    };

    public static Permission Permission => ReportRights.Read;

    public static CommandSpec Spec { get; } =
        new("report", "Show figures with pictures: escalations, customers, workload", Days)
        {
            Examples =
            [
                "report",
                "report week",
                "report month customer",
                "report last month",
                "report 2026-q1 engineer",
                "report 2026-01-01 2026-03-31 here",
            ],
            Details =
                "`week`, `month`, `quarter` and `year` end today, as `last 30 days` does; `last month` is the one of the calendar before this one, `this month` what there is of it. It comes to you by direct message, with tables, pictures and a file with all numbers. `here` posts it in the channel as well: all of it where the channel is marked as internal, elsewhere only the figures of escalations by severity. Figures of customers, check-ins and requests are for people with a role.",
        };

    public static DialogKey<ReportChoice> Key { get; } =
        new("report.choose", ReportJson.Default.ReportChoice);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var here = call.Mentions.Here;
        if (call.Get(Days) is not { Length: > 0 } typed)
        {
            return Key.Open(
                Form(here),
                new ReportChoice(here),
                Markdown.Of(
                    $"Type the days after it, as in {Markdown.Code($"/{SlashCommand.Trigger} report month")}."
                )
            );
        }

        if (
            ReportReading.Read(typed, clock.GetUtcNow(), team.Zone, out var problem) is not { } wish
        )
        {
            return Reply.No(Markdown.Of($"{Markdown.Sentence(problem)}"));
        }

        return wish.IsPosted && here is null
                ? Reply.No(
                    Markdown.Of(
                        $"This is a direct message, so there is no channel to post in: leave `here` out, or type it in the channel."
                    )
                )
            : await reports.Order(call.Envelope, wish, here, cancel) is { } why ? Reply.No(why)
            : Reply.Say(MakeReport.Promised(wish, here));
    }

    public async Task<SubmissionReply> Submit(
        Submission<ReportChoice> submission,
        CancellationToken cancel
    )
    {
        var today = CalendarDay.At(clock.GetUtcNow(), team.Zone);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        ReportSpan? span;
        if (submission[Period] == Chosen || submission[From].Length > 0)
        {
            var first = Day(submission[From], From, today, problems);
            var last =
                submission[To].Length == 0 ? today : Day(submission[To], To, today, problems);
            var problem = "";
            span =
                first is { } begin && last is { } end
                    ? ReportReading.Between(begin, end, today, team.Zone, out problem)
                    : null;
            if (problem.Length > 0)
            {
                problems[To] = problem;
            }
        }
        else
        {
            span = ReportReading.Named(submission[Period], today, team.Zone, out _);
        }

        if (span is null)
        {
            if (problems.Count == 0)
            {
                problems[Period] = "Choose one of these.";
            }

            return SubmissionReply.Mark(problems);
        }

        var wish = new ReportWish(
            span,
            Enum.TryParse<ReportGroup>(submission[By], out var group) ? group : default,
            submission[Where] == Here && submission.State.Channel is not null
        );
        var here = submission.State.Channel;
        return await reports.Order(submission.Envelope, wish, here, cancel) is { } why
            ? SubmissionReply.No(why)
            : SubmissionReply.Done(MakeReport.Promised(wish, here));
    }

    private static DateOnly? Day(
        string typed,
        string field,
        DateOnly today,
        Dictionary<string, string> problems
    )
    {
        if (typed.Length == 0)
        {
            problems[field] = "Which day? Write it as in 2026-01-31.";
            return null;
        }

        var day = CalendarDay.ReadPassed(typed, today, out var problem);
        if (day is null)
        {
            problems[field] = problem;
        }

        return day;
    }

    private static DialogForm Form(NamedChannel? here) =>
        new(
            "Report",
            [
                new DialogField(Period, "Days", FieldKind.Choice)
                {
                    Default = "month",
                    Options =
                    [
                        new("7 days up to today", "week"),
                        new("A month up to today", "month"),
                        new("3 months up to today", "quarter"),
                        new("A year up to today", "year"),
                        new("This month so far", "this month"),
                        new("Last month", "last month"),
                        new("This quarter so far", "this quarter"),
                        new("Last quarter", "last quarter"),
                        new("From and to, as below", Chosen),
                    ],
                },
                new DialogField(From, "From", FieldKind.Day)
                {
                    Optional = true,
                    Help = "The first day; empty for the days chosen above.",
                    HelpWhenTyped = "As in 2026-01-01.",
                    MaxLength = 60,
                },
                new DialogField(To, "To", FieldKind.Day)
                {
                    Optional = true,
                    Help = "The last day; empty for today.",
                    MaxLength = 60,
                },
                new DialogField(By, "Escalations by", FieldKind.Choice)
                {
                    Default = nameof(ReportGroup.Severity),
                    Options =
                    [
                        new("Severity", nameof(ReportGroup.Severity)),
                        new("Customer", nameof(ReportGroup.Customer)),
                        new("Engineer", nameof(ReportGroup.Engineer)),
                    ],
                },
                .. here is { } channel
                    ? new[]
                    {
                        new DialogField(Where, "For whom", FieldKind.Choice)
                        {
                            Default = "me",
                            Options =
                            [
                                new("For me alone", "me"),
                                new(
                                    MarkdownEscaper.Shorten($"Posted in ~{channel.Name}, too", 60),
                                    Here
                                ),
                            ],
                        },
                    }
                    : [],
            ]
        )
        {
            Introduction = Markdown.Of(
                $"It comes by direct message, with tables, pictures and the numbers as a file."
            ),
            SubmitLabel = "Make it",
        };
}

/// <summary>Posts a report in the channel in which it was asked for; once.</summary>
internal sealed class PostReport(
    Store store,
    MakeReport reports,
    RoleStore roles,
    IChat chat,
    TimeProvider clock
) : IAction<ReportRef>
{
    public static ActionKey<ReportRef> Key { get; } =
        new("report.post", ReportJson.Default.ReportRef);

    public static Permission Permission => ReportRights.Read;

    public async Task<Reply> Press(ActionCall<ReportRef> call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        if (await store.Find(KeptReport.Kind, call.Payload.Id, cancel) is not { Value: var report })
        {
            return Reply.No(new ReportIsGone());
        }

        if (
            report.Figures.Any(f => f.For == ReportAudience.Ours)
            && await roles.Check(ReportRights.Ours, by, cancel) is { } refusal
        )
        {
            return Reply.No(refusal);
        }

        var channel =
            (await chat.FindChannel(call.Payload.Channel, cancel))?.Named
            ?? new NamedChannel(call.Payload.Channel, "");
        while (true)
        {
            var change = new Change(clock.GetUtcNow(), by.Value);
            if (!await reports.Post(change, report, channel, by, cancel))
            {
                return Reply.Settled(Markdown.Of($"It is posted in {channel} already."));
            }

            if (await store.Commit(change, cancel))
            {
                var posted = await reports.Posted(channel, report, cancel);
                return Reply.Settled(posted);
            }
        }
    }
}

/// <summary>Figures that people look at (MET-5, MET-6).</summary>
internal sealed class ReportsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<ReportMaking>()
            .Shares<MakeReport>()
            .Command<ShowReport>()
            .Dialog<ShowReport, ReportChoice>()
            .Action<PostReport, ReportRef>()
            .Due<ForgetReport>()
            .Errand<MakeReport>()
            .File<ReportFiles>();
}
