using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Records;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What a form records for an assignment (ASG-6).</summary>
internal enum RecordedThing
{
    Environment,
    Meeting,
    Document,
}

/// <summary>What the form remembers.</summary>
internal sealed record RecordState(AssignmentId Id, RecordedThing What);

/// <summary>The form for whoever left words out.</summary>
internal sealed class RecordForm(AssignmentFinder desk) : IDialogUpon<RecordState>
{
    public const string LinkField = "link";
    public const string TitleField = "title";
    public const string DayField = "day";
    public const string AboutField = "about";
    private const int MaxDayLength = 60;

    public static Permission Permission => ReviewRights.Keep;

    public static DialogKey<RecordState> Key { get; } =
        new("assignment.keep", RecordJson.Default.RecordState);

    /// <summary>Reads an address or <c>none</c>, which is empty.</summary>
    public static string? Link(string typed, out string problem)
    {
        problem = "";
        return NoneWord.Is(typed) ? "" : AssignmentLink.Read(typed, out problem);
    }

    /// <summary>Opens the form, unless recording is refused whatever is recorded.</summary>
    public async Task<Reply> Ask(
        Assignment assignment,
        RecordedThing what,
        UserId by,
        CancellationToken cancel
    )
    {
        if (
            await desk.Book.WouldRefuse(
                assignment,
                by,
                (a, actor, _) => a.KeepMeeting(actor, DateOnly.MinValue, ""),
                cancel
            ) is
            { } why
        )
        {
            return Reply.No(why);
        }

        var today = CalendarDay.Write(desk.Today(await desk.TimeOf(by, cancel)));
        return Key.Open(
            For(assignment, what, today),
            new RecordState(assignment.Id, what),
            Markdown.Of(
                $"Write it as a command instead: {ReviewWords.Command(Example(assignment, what))}"
            )
        );
    }

    /// <summary>Meetings are added to others; there is one environment, and one document of an address.</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<RecordState> form,
        CancellationToken cancel
    ) =>
        await desk.Book.Find(form.State.Id, cancel) is { Value: var assignment }
            ? form.State.What switch
            {
                RecordedThing.Environment => For(assignment, form.State.What, ""),
                RecordedThing.Document => DialogForm.Upon(Recorded(assignment)),
                _ => null,
            }
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<RecordState> form,
        CancellationToken cancel
    )
    {
        // Each meeting is recorded anew.
        string[] kept = form.State.What switch
        {
            RecordedThing.Environment => [LinkField],
            RecordedThing.Document => [LinkField, TitleField, DayField],
            _ => [],
        };
        if (kept.Length > 0 && !kept.Any(form.Changed))
        {
            return SubmissionReply.Unchanged;
        }

        var by = form.Envelope.User;
        var person = await desk.TimeOf(by, cancel);
        var problems = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var rule = Rule(form, person, problems);
        if (problems.Count > 0)
        {
            return SubmissionReply.Mark(problems.ToImmutable());
        }

        return await desk.Book.Decide(
            form.State.Id,
            by,
            (a, actor, _) => rule(a, actor),
            cancel
        ) switch
        {
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Next: var next } => SubmissionReply.Done(
                form.State.What == RecordedThing.Environment && form[LinkField].Length == 0
                    ? Markdown.Of($"{ReviewWords.Named(next)} has no emulation any more.")
                    : Markdown.Of($"Recorded for {ReviewWords.Named(next)}.")
            ),
            _ => SubmissionReply.Close,
        };
    }

    private Func<Assignment, ActingPerson, Decision> Rule(
        Submission<RecordState> form,
        PersonTime person,
        ImmutableDictionary<string, string>.Builder problems
    )
    {
        if (form.State.What == RecordedThing.Environment)
        {
            var address = Link(
                form[LinkField].Length == 0 ? NoneWord.Text : form[LinkField],
                out var why
            );
            Mark(problems, LinkField, why);
            return (a, actor) => a.KeepEnvironment(actor, address ?? "");
        }

        var today = desk.Today(person);
        var typed = form[DayField].Length == 0 ? "today" : form[DayField];
        var day = TypedDate.Read(typed, today, hasPassed: true, out var problem) ?? today;
        Mark(problems, DayField, problem);
        if (form.State.What == RecordedThing.Meeting)
        {
            Mark(problems, DayField, day > today ? RecordedText.MeetingToCome : "");
            var about = form[AboutField];
            Mark(
                problems,
                AboutField,
                about.Length == 0 ? "Say in a few words what it was about."
                    : !TextLength.Fits(about, RecordedText.MaxAboutLength)
                        ? $"This takes {RecordedText.MaxAboutLength} characters; yours has {TextLength.Told(about, RecordedText.MaxAboutLength)}."
                    : ""
            );
            return (a, actor) => a.KeepMeeting(actor, day, about);
        }

        var link = AssignmentLink.Read(form[LinkField], out var wrong);
        Mark(problems, LinkField, wrong);
        Mark(problems, TitleField, RecordedText.Title(form[TitleField]));
        // Left as it was, a document keeps the title that it has by now.
        var title = form.Changed(TitleField) || form.Changed(LinkField) ? form[TitleField] : "";
        Mark(
            problems,
            DayField,
            problem.Length == 0 && day > today ? "That day is to come: when was it updated?" : ""
        );
        return (a, actor) =>
            a.KeepDocument(
                actor,
                link!,
                a.Documents.Any(d => d.Link == link) ? title : form[TitleField],
                day,
                today
            );
    }

    private static void Mark(
        ImmutableDictionary<string, string>.Builder problems,
        string field,
        string problem
    )
    {
        if (problem.Length > 0)
        {
            problems[field] = problem;
        }
    }

    private static DialogForm For(Assignment assignment, RecordedThing what, string today) =>
        new(
            what switch
            {
                RecordedThing.Environment => "Emulated environment",
                RecordedThing.Meeting => "Customer meeting",
                _ => "Design document",
            },
            what switch
            {
                RecordedThing.Environment =>
                [
                    Address with
                    {
                        Label = "Its address",
                        Default = assignment.Environment,
                        Optional = true,
                        Help =
                            "The CE and all support engineers must be able to reach it; none: there is no such place.",
                    },
                ],
                RecordedThing.Meeting =>
                [
                    Day("When was it?", today),
                    new DialogField(AboutField, "What about?", FieldKind.LongText)
                    {
                        MaxLength = RecordedText.MaxAboutLength,
                    },
                ],
                _ =>
                [
                    Address with
                    {
                        Default = assignment.Documents is [var last, ..] ? last.Link : "",
                    },
                    new DialogField(TitleField, "Title", FieldKind.Text)
                    {
                        MaxLength = RecordedText.MaxTitleLength,
                        Optional = true,
                        Default = assignment.Documents is [var latest, ..] ? latest.Title : "",
                        Help =
                            "A document that is known by its address keeps its title without one.",
                    },
                    Day(
                        "When was it updated?",
                        assignment.Documents is [var known, ..]
                            ? CalendarDay.Write(known.UpdatedOn)
                            : today
                    ),
                ],
            }
        )
        {
            Introduction = Markdown.Of($"{ReviewWords.Named(assignment)}"),
            Premise = what == RecordedThing.Document ? Recorded(assignment) : Markdown.None,
            SubmitLabel = "Record",
        };

    private static Markdown Recorded(Assignment assignment) =>
        assignment.Documents is [var last, ..]
            ? Markdown.Of(
                $"{assignment.Documents.Length} of its documents are recorded, last {Markdown.Typed(last.Title)} ({last.Link}), updated {CalendarDay.Write(last.UpdatedOn)}, by {last.By}."
            )
            : Markdown.Of($"None of its documents is recorded.");

    // A line takes 150 characters, and addresses are longer.
    private static DialogField Address { get; } =
        new(LinkField, "Address", FieldKind.LongText) { MaxLength = Assignment.MaxLinkLength };

    private static DialogField Day(string label, string today) =>
        new(DayField, label, FieldKind.Day)
        {
            Default = today,
            MaxLength = MaxDayLength,
            HelpWhenTyped = $"As you would say it: {RecordedText.PassedDays}.",
        };

    private static string Example(Assignment assignment, RecordedThing what) =>
        what switch
        {
            RecordedThing.Environment => $"engineer environment {assignment.Id} https://…",
            RecordedThing.Meeting => $"engineer meeting {assignment.Id} today What it was about",
            _ => $"engineer doc {assignment.Id} https://… Title updated today",
        };
}
