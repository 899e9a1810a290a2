using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Cards;
using Sidecar.Features.Customers.Fields;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Scheduling;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>What a form records for an assignment (ASG-6).</summary>
internal enum KeptThing
{
    Environment,
    Meeting,
    Document,
}

/// <summary>What the form remembers.</summary>
internal sealed record KeepState(AssignmentId Id, KeptThing What);

/// <summary>The form for whoever left words out.</summary>
internal sealed class KeepForm(CareDesk desk) : IDialog<KeepState>
{
    public const string LinkField = "link";
    public const string TitleField = "title";
    public const string DayField = "day";
    public const string AboutField = "about";
    private const int MaxDayLength = 60;

    public static Permission Permission => CareRights.Keep;

    public static DialogKey<KeepState> Key { get; } =
        new("assignment.keep", CareJson.Default.KeepState);

    /// <summary>Reads an address or <c>none</c>, which is empty.</summary>
    public static string? Link(string typed, out string problem)
    {
        problem = "";
        return NoneWord.Is(typed) ? "" : AssignmentLink.Read(typed, out problem);
    }

    /// <summary>Opens the form, unless recording is refused whatever is recorded.</summary>
    public async Task<Reply> Ask(
        Assignment assignment,
        KeptThing what,
        UserId by,
        CancellationToken cancel
    )
    {
        if (
            await desk.Book.WouldRefuse(
                assignment,
                by,
                (a, actor, _) => a.NoteMeeting(actor, DateOnly.MinValue, ""),
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
            new KeepState(assignment.Id, what),
            Words.Of(
                $"Write it as a command instead: {CareWords.Command(Example(assignment, what))}"
            )
        );
    }

    public async Task<SubmissionReply> Submit(Submission<KeepState> form, CancellationToken cancel)
    {
        if (form.State.What == KeptThing.Environment && !form.Changed(LinkField))
        {
            return SubmissionReply.Close;
        }

        var by = form.Envelope.User;
        var person = await desk.TimeOf(by, cancel);
        var problems = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var rule = Rule(form, person, problems);
        if (problems.Count > 0)
        {
            return SubmissionReply.Mark(problems.ToImmutable());
        }

        return
            await desk.Book.Decide(form.State.Id, by, (a, actor, _) => rule(a, actor), cancel)
                is Decision.Refused { Why: var why }
            ? SubmissionReply.No(why)
            : SubmissionReply.Close;
    }

    private Func<Assignment, Actor, Decision> Rule(
        Submission<KeepState> form,
        PersonTime person,
        ImmutableDictionary<string, string>.Builder problems
    )
    {
        if (form.State.What == KeptThing.Environment)
        {
            var address = Link(
                form[LinkField].Length == 0 ? NoneWord.Text : form[LinkField],
                out var why
            );
            Mark(problems, LinkField, why);
            return (a, actor) => a.SetEnvironment(actor, address ?? "");
        }

        var today = desk.Today(person);
        var typed = form[DayField].Length == 0 ? "today" : form[DayField];
        var day =
            TypedDate.Read(
                typed,
                today,
                hasPassed: form.State.What != KeptThing.Meeting,
                out var problem
            ) ?? today;
        Mark(problems, DayField, problem);
        if (form.State.What == KeptThing.Meeting)
        {
            var about = form[AboutField];
            Mark(
                problems,
                AboutField,
                about.Length == 0 ? "Say in a few words what it was about."
                    : about.Length > KeptText.MaxAboutLength
                        ? $"This takes {KeptText.MaxAboutLength} characters; yours has {about.Length}."
                    : ""
            );
            return (a, actor) => a.NoteMeeting(actor, day, about);
        }

        var link = AssignmentLink.Read(form[LinkField], out var wrong);
        Mark(problems, LinkField, wrong);
        Mark(problems, TitleField, KeptText.Title(form[TitleField]));
        Mark(
            problems,
            DayField,
            problem.Length == 0 && day > today ? "That day is to come: when was it updated?" : ""
        );
        return (a, actor) => a.UpdateDocument(actor, link!, form[TitleField], day, today);
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

    private static DialogForm For(Assignment assignment, KeptThing what, string today) =>
        new(
            what switch
            {
                KeptThing.Environment => "Emulated environment",
                KeptThing.Meeting => "Customer meeting",
                _ => "Design document",
            },
            what switch
            {
                KeptThing.Environment =>
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
                KeptThing.Meeting =>
                [
                    Day("When was it?", today),
                    new DialogField(AboutField, "What about?", FieldKind.LongText)
                    {
                        MaxLength = KeptText.MaxAboutLength,
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
                        MaxLength = KeptText.MaxTitleLength,
                        Optional = true,
                        Default = assignment.Documents is [var latest, ..] ? latest.Title : "",
                        Help = "Write none for a document that is known by its address.",
                    },
                    Day("When was it updated?", today),
                ],
            }
        )
        {
            Introduction = Words.Of($"{CareWords.Named(assignment)}"),
            SubmitLabel = "Record",
        };

    // A line takes 150 characters, and addresses are longer.
    private static DialogField Address { get; } =
        new(LinkField, "Address", FieldKind.LongText) { MaxLength = Assignment.MaxLinkLength };

    private static DialogField Day(string label, string today) =>
        new(DayField, label, FieldKind.Text)
        {
            Default = today,
            MaxLength = MaxDayLength,
            Help = $"As you would say it: {TypedDate.Examples}.",
        };

    private static string Example(Assignment assignment, KeptThing what) =>
        what switch
        {
            KeptThing.Environment => $"engineer environment {assignment.Id} https://…",
            KeptThing.Meeting => $"engineer meeting {assignment.Id} today What it was about",
            _ => $"engineer doc {assignment.Id} https://… Title updated today",
        };
}
