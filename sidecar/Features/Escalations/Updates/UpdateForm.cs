using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Updates;

/// <summary>What the form remembers.</summary>
/// <param name="Id">Which escalation.</param>
/// <param name="Seen">Where it stood when the form was opened.</param>
/// <param name="Next">What was filled in for the next update.</param>
/// <param name="Began">What was filled in for when it began.</param>
/// <param name="Updates">How many there were when the form was opened.</param>
/// <param name="Typed">What was typed as the summary behind the command; null for nothing.</param>
/// <param name="Severity">How bad it was when the form was opened: it says when the next update comes, and who is told.</param>
internal sealed record UpdateState(
    EscalationId Id,
    EscalationState Seen,
    string Next,
    string Began,
    int Updates = 0,
    string? Typed = null,
    Severity? Severity = null
)
{
    /// <summary>Somebody else has posted one while the form was open.</summary>
    public bool IsOvertaken(Escalation now) => (now.LastUpdate?.Number ?? 0) > Updates;
}

/// <summary>The answers, as far as they could be understood.</summary>
/// <param name="Text">What is said.</param>
/// <param name="Next">When the next one comes; null: when the severity says.</param>
internal sealed record UpdateAnswer(UpdateText Text, NextUpdate? Next);

/// <summary>The form for a status update: filled from the last one, its times typed as people do (UPD-2, ALL-1).</summary>
internal static class UpdateForm
{
    public const string Status = "status";
    public const string Summary = "summary";
    public const string Impact = "customer_impact";
    public const string Notes = "notes";
    public const string NextAt = "next";
    public const string BeganAt = "began";
    private const int MaxTimeLength = 100;

    public static UpdateState StateOf(
        Escalation escalation,
        WaitLength? every,
        DateTimeOffset? next,
        TimeZoneInfo zone,
        string? typed
    ) =>
        new(
            escalation.Id,
            escalation.State,
            (every?.ToString(), next) switch
            {
                (_, { } announced) when escalation.Announced == announced => Typed(announced, zone),
                (null, _) or (_, null) => NoneWord.Text,
                // Of working days and hours only the calendar knows when they are over.
                ({ } length, { } at) => length.Contains("working", StringComparison.Ordinal)
                    ? Typed(at, zone)
                    : $"in {length}",
            },
            Typed(escalation.Began, zone),
            escalation.LastUpdate?.Number ?? 0,
            typed,
            escalation.Severity
        );

    /// <summary>
    /// When the next one comes for whoever did not touch it: as it was announced, before the form was opened or since.
    /// Null: when the severity says, counted from now, as the form shows it. That the update was put off meanwhile is
    /// nothing to it: the next one was not.
    /// </summary>
    public static NextUpdate? Untouched(
        UpdateState opened,
        Escalation escalation,
        DateTimeOffset now
    ) =>
        escalation.Announced is { } announced && announced > now
            ? new NextUpdate(announced, IsChosen: true)
        : opened.IsOvertaken(escalation) && escalation is { Update: null, LastUpdate.NextAt: null }
            ? new NextUpdate(null, IsChosen: true)
        : null;

    public static DialogForm For(
        Escalation escalation,
        UpdateState state,
        DateTimeOffset? next,
        TimeZoneInfo zone,
        bool moves,
        bool withNotes
    )
    {
        // It is not asked of whom it would be refused.
        var stays = moves
            ? Markdown.None
            : Markdown.Of(
                $"\nIt stays at *{Vocabulary.States.Label(escalation.State)}*: its owner, engineers and leads move it."
            );
        return new DialogForm(
            $"Update {escalation.Id}",
            [
                .. moves ? (DialogField[])[StatusField(escalation)] : [],
                // What was noted among those inside is not for everybody who may write (ALL-7).
                .. Texts(escalation, state.Typed).Where(f => withNotes || f.Name != Notes),
                new DialogField(NextAt, "Next update", FieldKind.Moment)
                {
                    At = state.Next == NoneWord.Text ? null : next,
                    Default = state.Next,
                    MaxLength = MaxTimeLength,
                    Optional = true,
                    NoneIsAnswer = true,
                    Help = "Write none if no further one is due.",
                    HelpWhenTyped =
                        $"As you would say it: in 2h, tomorrow 8am, fri 14:00. Times are in {Name(zone)}.",
                },
                new DialogField(BeganAt, "Incident began", FieldKind.Moment)
                {
                    At = escalation.Began,
                    Default = state.Began,
                    MaxLength = MaxTimeLength,
                    Optional = true,
                    NoneIsAnswer = true,
                    Help =
                        "The incident time counts from here; with none it counts from when it was raised.",
                },
            ]
        )
        {
            Introduction = Markdown.Of(
                $"**{escalation.CustomerName}**: {escalation.Summary}{stays}"
            ),
            SubmitLabel = "Post update",
        };
    }

    /// <summary>What it says, filled from the last one.</summary>
    private static ImmutableArray<DialogField> Texts(Escalation escalation, string? typed) =>
        [
            Long(
                Summary,
                "Summary",
                typed ?? escalation.LastUpdate?.Summary ?? Template(escalation)
            ) with
            {
                Optional = false,
                Help = "What is going on, in words that the customer’s people understand.",
            },
            Long(
                Impact,
                "Customer impact",
                escalation.LastUpdate?.CustomerImpact ?? escalation.CustomerImpact
            ),
            Long(Notes, "Technical notes", escalation.LastUpdate?.Notes ?? ""),
        ];

    /// <summary>
    /// The answers upon an update that somebody else has posted meanwhile (M1): what was not touched is as they said it.
    /// What was written stays, for each update is one of its own.
    /// </summary>
    public static Submission<UpdateState> Upon(Escalation now, Submission<UpdateState> form) =>
        form.State.IsOvertaken(now)
            ? form with
            {
                Answers = form
                    .Answers.Upon(new DialogForm("", Texts(now, form.State.Typed)))
                    .Answers,
            }
            : form;

    /// <summary>What its playbook says, else what it is about.</summary>
    private static string Template(Escalation escalation) =>
        escalation.Incident is { UpdateTemplate: { Length: > 0 } template }
            ? template
            : escalation.Summary;

    private static DialogField StatusField(Escalation escalation) =>
        new(Status, "Status", FieldKind.Choice)
        {
            Default = Vocabulary.States.Code(UpdateText.StatusAt(escalation.State)),
            Options =
            [
                .. escalation.State != EscalationState.Accepted
                    ? (ControlOption[])[]
                    :
                    [
                        new ControlOption(
                            $"{Vocabulary.States.Label(escalation.State)} (stays as it is)",
                            Vocabulary.States.Code(escalation.State)
                        ),
                    ],
                .. UpdateText.Statuses.Select(s => new ControlOption(
                    Vocabulary.States.Label(s),
                    Vocabulary.States.Code(s)
                )),
            ],
            Help =
                escalation.State == EscalationState.Accepted
                    ? "The escalation moves there with this update. Unless it stays as it is, you acknowledge it with this: it is yours then."
                    : "The escalation moves there with this update.",
        };

    /// <summary>Reads the answers; what can't be taken is marked, with what is wrong and how to write it.</summary>
    public static (UpdateAnswer? Answer, ImmutableDictionary<string, string> Problems) Read(
        Submission<UpdateState> form,
        PersonTime writer,
        DateTimeOffset now
    )
    {
        var problems = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var field in (string[])[Summary, Impact, Notes])
        {
            if (!TextLength.Fits(form[field], Escalation.MaxLongTextLength))
            {
                problems[field] =
                    $"This takes {Escalation.MaxLongTextLength} characters; yours has {TextLength.Told(form[field], Escalation.MaxLongTextLength)}.";
            }
        }

        if (form[Summary].Length == 0)
        {
            problems[Summary] = "Say in a sentence or two what is going on.";
        }

        var seen = UpdateText.StatusAt(form.State.Seen);
        var status = form[Status].Length == 0 ? seen : Vocabulary.States.Read(form[Status]);
        if (status is not { } chosen || (chosen != seen && !UpdateText.Statuses.Contains(chosen)))
        {
            problems[Status] = "Choose one of them.";
        }

        var next = status == EscalationState.Resolved ? null : Next(form, writer, now, problems);
        var takesBackBegan = TakesBackBegan(form);
        var began = takesBackBegan ? null : Began(form, writer, now, problems);
        return problems.Count > 0
            ? (null, problems.ToImmutable())
            : (
                new UpdateAnswer(
                    new UpdateText(
                        // Left as it was filled in, it means: as it stands, also when somebody moved it meanwhile.
                        status == seen
                            ? null
                            : status,
                        form[Summary],
                        form[Impact],
                        form[Notes],
                        began
                    )
                    {
                        TakesBackBegan = takesBackBegan,
                    },
                    next
                ),
                problems.ToImmutable()
            );
    }

    private static NextUpdate? Next(
        Submission<UpdateState> form,
        PersonTime writer,
        DateTimeOffset now,
        ImmutableDictionary<string, string>.Builder problems
    )
    {
        var typed = form[NextAt];
        if (NoneWord.Is(typed))
        {
            // Filled in by us it is the severity's, which a change of the severity may end.
            return new NextUpdate(null, IsChosen: typed != form.State.Next);
        }

        if (typed.Length == 0 || typed == form.State.Next)
        {
            return null;
        }

        switch (TypedTime.Read(typed, now, writer.Zone, writer.Hours))
        {
            case TypedTime.Understood { Moment: var at } when at > now:
                return new NextUpdate(at, IsChosen: true);
            case TypedTime.Understood understood:
                problems[NextAt] =
                    $"{Times.Due(understood.Moment, understood.Zone)} has passed. When is the next one due? Write it as in 2h or tomorrow 8am; none if no further one is due.";
                return null;
            case TypedTime.Unclear { Problem: var problem }:
                problems[NextAt] = problem;
                return null;
            default:
                return null;
        }
    }

    /// <summary>What was filled in is ticked away or emptied.</summary>
    private static bool TakesBackBegan(Submission<UpdateState> form) =>
        NoneWord.Is(form[BeganAt])
        || (
            form[BeganAt].Length == 0
            && form.Answers.Asked?.Any(f => f.Name == BeganAt) == true
            && form.Changed(BeganAt)
        );

    private static DateTimeOffset? Began(
        Submission<UpdateState> form,
        PersonTime writer,
        DateTimeOffset now,
        ImmutableDictionary<string, string>.Builder problems
    )
    {
        var typed = form[BeganAt];
        if (typed.Length == 0 || typed == form.State.Began)
        {
            return null;
        }

        switch (TypedTime.ReadPassed(typed, now, writer.Zone, writer.Hours))
        {
            case TypedTime.Understood { Moment: var at }:
                return at;
            case TypedTime.Unclear { Problem: var problem }:
                problems[BeganAt] = problem;
                return null;
            default:
                return null;
        }
    }

    private static DialogField Long(string name, string label, string text) =>
        new(name, label, FieldKind.LongText)
        {
            Default = text,
            Optional = true,
            MaxLength = Escalation.MaxLongTextLength,
        };

    public static string Typed(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo
            .ConvertTime(at, zone)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Name(TimeZoneInfo zone) =>
        zone.Id is "Etc/UTC" or "UTC" ? "UTC" : zone.Id;
}
