using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Features.Customers.Changes;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Requests;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Records that the customer was told who their engineer is: by command and by form (ASG-3).</summary>
internal sealed class TellCustomer(AssignmentStore book, PeopleDirectory people)
    : ISlashCommand,
        IDialogUpon<RequestRef>
{
    public const string To = "to";
    public const string On = "on";

    private static readonly Parameter<string> Whom = Arguments
        .Rest("whom [on date]", "Who at the customer did you tell?")
        .OrNothing();

    public static Permission Permission => RequestRights.Tell;

    public static CommandSpec Spec { get; } =
        new(
            "engineer told",
            "Record that a customer was told who their engineer is",
            RequestArguments.Id,
            Whom
        )
        {
            Examples =
            [
                "engineer told ASG-3 Their head of platform",
                "engineer told ASG-3 Their administrator on yesterday",
            ],
            Details =
                "Post-sales strategic customers are told; a pre-sales assignment is internal only.",
        };

    public static DialogKey<RequestRef> Key { get; } =
        new("assignment.told", RequestJson.Default.RequestRef);

    public async ValueTask<DialogForm?> Now(Submission<RequestRef> form, CancellationToken cancel)
    {
        if (await book.Find(form.State.Id, cancel) is not { Value: var assignment })
        {
            return null;
        }

        var now = Form(assignment, await Today(form.Envelope, cancel));
        // The day belongs to the person: whoever was told besides was not told on the day of another.
        return form.Changed(To)
            ? now with
            {
                Fields = [.. now.Fields.Where(field => field.Name == To)],
            }
            : now;
    }

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(RequestArguments.Id);
        if (call.Get(Whom) is not { Length: > 0 } typed)
        {
            return await Ask(id, call.Envelope, cancel);
        }

        var today = await Today(call.Envelope, cancel);
        var (to, on, problem) = Split(
            typed,
            call.Line.Words[^1].IsQuoted && typed == call.Line.Words[^1].Value,
            today
        );
        if (problem.Length > 0)
        {
            return Reply.No(Markdown.Of($"{Markdown.Sentence(problem)} Nothing was recorded."));
        }

        return (await Decide(id, call.Envelope.User, to, on, today, cancel)).Said(next =>
            Markdown.Of(
                $"Recorded for **{next.Id}** ({next.CustomerName}): told {to} on {CalendarDay.Write(on)}."
            )
        );
    }

    /// <summary>The form that asks whom, and when.</summary>
    public async Task<Reply> Ask(AssignmentId id, Envelope from, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var assignment })
        {
            return Reply.No(new NoSuchAssignment(id));
        }

        var today = await Today(from, cancel);
        var refusal = await book.WouldRefuse(
            assignment,
            from.User,
            (current, actor, _) => current.NoteTold(actor, "…", today, today),
            cancel
        );
        return refusal is not null
            ? Reply.No(refusal)
            : Key.Open(
                Form(assignment, today),
                new RequestRef(id),
                Markdown.Of($"Write it as a command: {RequestWords.Command($"told {id} whom")}")
            );
    }

    public async Task<SubmissionReply> Submit(
        Submission<RequestRef> submission,
        CancellationToken cancel
    )
    {
        var today = await Today(submission.Envelope, cancel);
        var problem = "";
        var on =
            submission[On].Length == 0
                ? today
                : CalendarDay.ReadPassed(submission[On], today, out problem);
        if (on is null)
        {
            return SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal) { [On] = problem }
            );
        }

        return await Decide(
            submission.State.Id,
            submission.Envelope.User,
            submission[To],
            on.Value,
            today,
            cancel
        ) switch
        {
            Decision.Refused { Why: StandsAlready } => SubmissionReply.Unchanged,
            var decision => decision.Settled(next =>
                Markdown.Of(
                    $"Recorded for **{next.Id}** ({next.CustomerName}): the customer was told."
                )
            ),
        };
    }

    private Task<Decision> Decide(
        AssignmentId id,
        UserId by,
        string to,
        DateOnly on,
        DateOnly today,
        CancellationToken cancel
    ) =>
        book.Decide(
            id,
            by,
            (assignment, actor, _) => assignment.NoteTold(actor, to, on, today),
            cancel
        );

    private async ValueTask<DateOnly> Today(Envelope from, CancellationToken cancel) =>
        CalendarDay.At(from.At, await people.ZoneOf(from.User, cancel));

    /// <summary>
    /// “Their administrator on yesterday”: what stands behind the last “on” is the day. When it speaks of days and is none
    /// it is asked about: the record would be of another day than was meant. “Jane on call” is a person, and in quotes
    /// everything is.
    /// </summary>
    private static (string To, DateOnly On, string Problem) Split(
        string typed,
        bool isQuoted,
        DateOnly today
    )
    {
        if (isQuoted)
        {
            return (typed, today, "");
        }

        // A blank that does not break is a blank.
        typed = typed.Replace('\u00A0', ' ').Replace('\u202F', ' ');
        var at = typed.LastIndexOf(" on ", StringComparison.OrdinalIgnoreCase);
        var behind = at > 0 ? typed[(at + 4)..].Trim() : "";
        return behind.Length == 0 ? AtEnd(typed, today)
            : CalendarDay.ReadPassed(behind, today, out var problem) is { } day
                ? (Unquoted(typed[..at].Trim()), day, "")
            : !TypedDate.MayBeMeant(behind) ? AtEnd(typed, today)
            : (
                typed,
                today,
                $"{problem} If it is no day but says whom you told, put that in quotes."
            );
    }

    /// <summary>
    /// “Their administrator yesterday”: a day without its “on”. What may be a part of the name is asked about; a month alone
    /// is one.
    /// </summary>
    private static (string To, DateOnly On, string Problem) AtEnd(string typed, DateOnly today)
    {
        if (
            TypedDate.AtEnd(typed) is not var (whom, days)
            || !(
                days.Contains(' ', StringComparison.Ordinal)
                || IsCertain(days)
                || TypedPhrases.DayOf(BareWord.Of(days)) is not null
            )
        )
        {
            return (typed, today, "");
        }

        return IsCertain(days) && CalendarDay.ReadPassed(days, today, out _) is { } day
            ? (Unquoted(whom), day, "")
            : (
                typed,
                today,
                $"Is “{MarkdownEscaper.Shorten(days, 40)}” when you told them? Write the day behind “on”, as in {RecordedDays}, or put whom you told in quotes."
            );
    }

    private const string RecordedDays = "on 2026-01-31, on yesterday or on fri";

    private static bool IsCertain(string days) =>
        BareWord.Is(days, "yesterday")
        || BareWord.Is(days, "today")
        || days.Count(char.IsAsciiDigit) >= 6
        || (days.Any(char.IsAsciiDigit) && days.Any(char.IsAsciiLetter));

    private static string Unquoted(string whom) =>
        CommandLine.Read(whom).Words is [{ IsQuoted: true, Value: var named }] ? named : whom;

    private static DialogForm Form(Assignment assignment, DateOnly today) =>
        new(
            "The customer was told",
            [
                // A line takes 150 characters, and what was recorded by command may be longer.
                new DialogField(To, "Who did you tell?", FieldKind.LongText)
                {
                    Default = assignment.Communicated?.To,
                    MaxLength = Assignment.MaxTextLength,
                    Help = "At the customer: “their head of platform”.",
                },
                new DialogField(On, "When?", FieldKind.Day)
                {
                    Default = CalendarDay.Write(assignment.Communicated?.On ?? today),
                    HelpWhenTyped = "Such as 2026-01-31, today or yesterday.",
                },
            ]
        )
        {
            Introduction = Markdown.Of($"**{assignment.Id}** · {assignment.CustomerName}"),
            SubmitLabel = "Save",
        };
}

/// <summary>The button of the engineer's direct messages: asks who was told.</summary>
internal sealed class AskWhoWasTold(TellCustomer tell) : IAction<RequestRef>
{
    public static Permission Permission => RequestRights.Tell;

    public static ActionKey<RequestRef> Key { get; } =
        new("assignment.ask-who-was-told", RequestJson.Default.RequestRef);

    public Task<Reply> Press(ActionCall<RequestRef> call, CancellationToken cancel) =>
        tell.Ask(call.Payload.Id, call.Envelope, cancel);
}
