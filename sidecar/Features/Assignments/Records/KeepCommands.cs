using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Customers.Changes;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Records;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary><c>/escalate engineer environment</c>: where the customer's environment is emulated (ASG-6).</summary>
internal sealed class SetEnvironment(AssignmentFinder desk, RecordForm form) : ISlashCommand
{
    private static readonly Parameter<string> Link = ReviewArguments.Text(
        "link",
        "[https://… | none]",
        "Where is it? Write its address, or `none`."
    );

    public static Permission Permission => ReviewRights.Keep;

    public static CommandSpec Spec { get; } =
        new(
            "engineer environment",
            "Say where a customer’s environment is emulated",
            ReviewArguments.One,
            Link
        )
        {
            Examples =
            [
                "engineer environment ASG-3 https://lab.example.com/acme",
                "engineer environment acme none",
            ],
            Details =
                "At the engineer’s discretion. The CE and all support engineers must be able to reach it; `engineer show` tells them where it is.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (found, why) = await desk.Find(call, call.Get(ReviewArguments.One)!, cancel);
        return found is null ? why!
            : call.Get(Link) is { Length: > 0 } typed
                ? await Set(found.Id, typed, call.Envelope.User, cancel)
            : await form.Ask(found, RecordedThing.Environment, call.Envelope.User, cancel);
    }

    private async Task<Reply> Set(
        AssignmentId id,
        string typed,
        UserId by,
        CancellationToken cancel
    )
    {
        if (RecordForm.Link(typed, out var problem) is not { } link)
        {
            return Reply.No(ReviewProblem.Of(problem));
        }

        return await desk.Book.Decide(
            id,
            by,
            (a, actor, _) => a.KeepEnvironment(actor, link),
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(
                link.Length == 0
                    ? Markdown.Of($"{ReviewWords.Named(next)} has no emulation any more.")
                    : Markdown.Of(
                        $"Recorded for {ReviewWords.Named(next)}. {next.CustomerEngineer} and all support engineers must be able to reach it."
                    )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}

/// <summary><c>/escalate engineer meeting</c>: a meeting with the customer (ASG-6).</summary>
internal sealed class NoteMeeting(AssignmentFinder desk, RecordForm form) : ISlashCommand
{
    private static readonly Parameter<string> What = ReviewArguments.Text(
        "meeting",
        "[date] [about]",
        "When was it, and what about? Write `2026-03-02 Quarterly review`."
    );

    public static Permission Permission => ReviewRights.Keep;

    public static CommandSpec Spec { get; } =
        new("engineer meeting", "Note a meeting with a customer", ReviewArguments.One, What)
        {
            Examples =
            [
                "engineer meeting acme",
                "engineer meeting acme yesterday Upgrade to 11.2 planned",
                "engineer meeting ASG-3 2026-03-02 Quarterly review",
            ],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (found, why) = await desk.Find(call, call.Get(ReviewArguments.One)!, cancel);
        return found is null ? why!
            : call.Get(What) is { Length: > 0 } typed
                ? await Note(found.Id, typed, call.Envelope.User, cancel)
            : await form.Ask(found, RecordedThing.Meeting, call.Envelope.User, cancel);
    }

    private async Task<Reply> Note(
        AssignmentId id,
        string typed,
        UserId by,
        CancellationToken cancel
    )
    {
        var person = await desk.TimeOf(by, cancel);
        if (RecordedText.Meeting(typed, person, desk.Now, out var problem) is not { } meeting)
        {
            return Reply.No(ReviewProblem.Of(problem));
        }

        return await desk.Book.Decide(
            id,
            by,
            (a, actor, _) => a.KeepMeeting(actor, meeting.On, meeting.About),
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(
                Markdown.Of(
                    $"Noted for {ReviewWords.Named(next)}: the meeting of {CalendarDay.Write(meeting.On)}."
                )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}

/// <summary><c>/escalate engineer doc</c>: a technical design document was updated (ASG-6).</summary>
internal sealed class UpdateDocument(AssignmentFinder desk, RecordForm form) : ISlashCommand
{
    private static readonly Parameter<string> What = ReviewArguments.Text(
        "document",
        "[https://… title] [updated date]",
        "Which document? Write `https://… Network plan updated 2026-03-02`."
    );

    public static Permission Permission => ReviewRights.Keep;

    public static CommandSpec Spec { get; } =
        new(
            "engineer doc",
            "Record that a technical design document was updated",
            ReviewArguments.One,
            What
        )
        {
            Examples =
            [
                "engineer doc acme",
                "engineer doc acme https://docs.example.com/acme Network plan",
                "engineer doc ASG-3 https://docs.example.com/acme Network plan updated yesterday",
            ],
            Details =
                "The CE is told by direct message, so that the CRM can be updated too. Of a document that is known by its address the title may be left out.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (found, why) = await desk.Find(call, call.Get(ReviewArguments.One)!, cancel);
        return found is null ? why!
            : call.Get(What) is { Length: > 0 } typed
                ? await Update(found.Id, typed, call.Envelope.User, cancel)
            : await form.Ask(found, RecordedThing.Document, call.Envelope.User, cancel);
    }

    private async Task<Reply> Update(
        AssignmentId id,
        string typed,
        UserId by,
        CancellationToken cancel
    )
    {
        var person = await desk.TimeOf(by, cancel);
        var today = desk.Today(person);
        if (
            RecordedText.Document(typed, person, desk.Now, today, out var problem)
            is not { } document
        )
        {
            return Reply.No(ReviewProblem.Of(problem));
        }

        return await desk.Book.Decide(
            id,
            by,
            (a, actor, _) =>
                a.KeepDocument(actor, document.Link, document.Title, document.On, today),
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(
                next.CustomerEngineer == by
                    ? Markdown.Of(
                        $"Recorded for {ReviewWords.Named(next)}. You are the CE: please update the CRM too."
                    )
                    : Markdown.Of(
                        $"Recorded for {ReviewWords.Named(next)}. I have told {next.CustomerEngineer}, so that the CRM can be updated too."
                    )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}
