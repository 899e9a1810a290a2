using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measures;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Measuring;

using Decision = Decision<Customer, CustomerFact>;

/// <summary>What an open form for figures remembers.</summary>
/// <param name="Customer">Of which customer.</param>
/// <param name="At">When it was opened, UTC; null when a release that did not remember it opened it.</param>
/// <param name="Seen">What it showed as counted last.</param>
internal sealed record MeasureState(
    CustomerKey Customer,
    DateTimeOffset? At = null,
    Figures? Seen = null
)
{
    /// <summary>What others recorded since then for a figure of a day; null for nothing.</summary>
    public long? Since(Measurement day, Figure figure) =>
        At is not { } opened || day.RecordedAt <= opened ? null
        : Seen?[figure] is { } seen && seen.On == day.On && seen.Count == day[figure] ? null
        : day[figure];
}

/// <summary>
/// The form for figures, and what takes its answers. Nothing is filled in: each figure is counted anew. What others record
/// for the same day while it is open is theirs (M1).
/// </summary>
internal sealed class MeasureForm(CustomerChanges desk, CustomerStore book)
    : IDialogUpon<MeasureState>
{
    private const string On = "on";
    private const string Beyond = "beyond";

    public static Permission Permission => CustomerRights.Write;

    public static DialogKey<MeasureState> Key { get; } =
        new("customer.measure", MeasureFormJson.Default.MeasureState);

    public static Reply Open(Customer customer, DateOnly today, DateTimeOffset now) =>
        Key.Open(
            new DialogForm(
                MarkdownEscaper.Shorten($"Usage · {customer.Name}", 24),
                [
                    new DialogField(On, "Counted on", FieldKind.Day)
                    {
                        Default = CalendarDay.Write(today),
                        MaxLength = 40,
                        HelpWhenTyped = $"As in {CalendarDay.Examples}.",
                    },
                    .. FigureKinds.Named.Select(kind => new DialogField(
                        kind.Code,
                        kind.Label,
                        FieldKind.Text
                    )
                    {
                        Optional = true,
                        NoneIsAnswer = true,
                        MaxLength = 20,
                        Help = customer.Figures[kind.Figure] is { } latest
                            ? $"{FigureKinds.Show(latest.Count)} on {CalendarDay.Write(latest.On)}; left empty, or with {KeepWord.Text}, it stays; none removes that day’s."
                            : $"Not counted yet. Left empty, or with {KeepWord.Text}, it stays so; none removes that day’s.",
                    }),
                    new DialogField(Beyond, "More seats than bought", FieldKind.YesNo)
                    {
                        Optional = true,
                        Default = "false",
                        Placeholder = "Yes, they use more seats than they bought",
                    },
                ]
            )
            {
                Introduction = Markdown.Of(
                    $"**{customer.Name}** {Markdown.Code(customer.Key.Value)}. What you leave empty stays as it is, and so does {Markdown.Code(KeepWord.Text)}; {Markdown.Code(NoneWord.Text)} takes away what was recorded for that day."
                ),
                SubmitLabel = "Record",
            },
            new MeasureState(customer.Key, now, customer.Figures),
            Markdown.Of(
                $"Record it by command instead: {Markdown.Code($"/{SlashCommand.Trigger} customer measure {customer.Key} {MeasurementLine.Example}")}"
            )
        );

    public async ValueTask<DialogForm?> Now(
        Submission<MeasureState> form,
        CancellationToken cancel
    ) =>
        await book.Read(form.State.Customer, cancel) is { Value: var customer }
        && CalendarDay.ReadPassed(form[On], customer.Today(form.Envelope.At), out _) is { } on
        && await book.Measured(customer.Key, on, cancel) is { } day
            ? new DialogForm(
                "",
                [
                    .. FigureKinds
                        .Named.Select(kind => (Kind: kind, Now: form.State.Since(day, kind.Figure)))
                        // What was left empty here stays anyhow.
                        .Where(f => f.Now is not null && !KeepWord.IsIn(form[f.Kind.Code]))
                        .Where(f => MeasurementDraft.ReadCount(form[f.Kind.Code], out _) != f.Now)
                        .Select(f => new DialogField(f.Kind.Code, f.Kind.Label, FieldKind.Text)
                        {
                            Default = FigureKinds.Show(f.Now!.Value),
                        }),
                ]
            )
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<MeasureState> submission,
        CancellationToken cancel
    )
    {
        var key = submission.State.Customer;
        if (await book.Read(key, cancel) is not { Value: var customer })
        {
            return SubmissionReply.Keep(
                $"There is no customer {key} any more, so nothing was recorded."
            );
        }

        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var draft = Read(submission, customer.Today(submission.Envelope.At), problems);
        if (problems.Count > 0)
        {
            return Marked(submission, problems);
        }

        return await desk.Record(key, submission.Envelope.User, draft, cancel) switch
        {
            Decision.Refused { Why: Contradictory { Day: var day } } => Marked(
                submission,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [Figure.Dau.Kind().Code] = MeasurementDraft.Contradiction(day)!,
                }
            ),
            Decision.Refused { Why: MoreThanBought why } => Marked(
                submission,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [Figure.SeatsDeployed.Kind().Code] =
                        $"{why.Problem} If that is right, tick “More seats than bought”.",
                }
            ),
            Decision.Refused => SubmissionReply.Keep("There is no such customer any more."),
            Decision.Accepted accepted => SubmissionReply.Done(
                accepted.Facts.OfType<CustomerFact.Recorded>().FirstOrDefault() is { } fact
                    ? Markdown.Lines([
                        Markdown.Of(
                            $"Recorded for {customer.Name} on {CalendarDay.Write(draft.On)}: {MeasureWords.Of(fact.Figures)}."
                        ),
                        FieldWords.Archived(accepted.Next),
                    ])
                    : Markdown.Of(
                        $"All of that was recorded already for {customer.Name} on {CalendarDay.Write(draft.On)}."
                    )
            ),
            _ => SubmissionReply.Close,
        };
    }

    /// <summary>What is wrong, and by which word a figure that was written is left as it is nevertheless.</summary>
    private static SubmissionReply.Marked Marked(
        Submission<MeasureState> submission,
        Dictionary<string, string> problems
    ) =>
        new(problems)
        {
            General = FigureKinds.Named.Any(kind => submission[kind.Code].Length > 0)
                ? KeepWord.AfterError("a figure")
                : null,
        };

    private static MeasurementDraft Read(
        Submission<MeasureState> submission,
        DateOnly today,
        Dictionary<string, string> problems
    )
    {
        var day = CalendarDay.ReadPassed(submission[On], today, out var wrong);
        if (day is null)
        {
            problems[On] = wrong;
        }
        else if (day > today)
        {
            problems[On] = $"That day has not come yet where the customer is.";
        }

        var counts = ImmutableDictionary.CreateBuilder<Figure, long?>();
        foreach (var kind in FigureKinds.Named)
        {
            var typed = submission[kind.Code];
            if (typed == NoneWord.Text)
            {
                counts[kind.Figure] = null;
            }
            else if (!KeepWord.IsIn(typed))
            {
                counts[kind.Figure] = MeasurementDraft.ReadCount(typed, out var problem);
                if (problem.Length > 0)
                {
                    problems[kind.Code] = problem;
                }
            }
        }

        if (counts.Count == 0 && problems.Count == 0)
        {
            problems[Figure.SeatsPurchased.Kind().Code] = "Write at least one of the figures.";
        }

        return new MeasurementDraft(day ?? today, counts.ToImmutable())
        {
            IsBeyondSeats = submission[Beyond] == FormShape.Yes,
        };
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(MeasureState))]
internal sealed partial class MeasureFormJson : JsonSerializerContext;
